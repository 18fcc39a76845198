#include "cron/new_change.h"

#include <utility>

namespace stubkeeper::cron {

Result<kb::Proposals::NewChange> to_new_change(const entries::IdentifiedDocument& document,
                                               const llm::VerifiedChange& verified) {
  STUBKEEPER_ASSIGN(auto preview, entries::preview_edit(document, verified.change.edit));
  kb::Proposals::NewChange change;
  change.kind = verified.change.kind;
  change.edit = verified.change.edit;
  change.place = std::move(preview.place);
  change.old_text = std::move(preview.old_text);
  change.new_text = std::move(preview.new_text);
  change.reason = verified.change.reason;
  for (const llm::VerifiedQuote& quote : verified.quotes) {
    kb::Citation citation;
    citation.snapshot_id = quote.snapshot_id;
    citation.begin_byte = quote.place.begin;
    citation.end_byte = quote.place.end;
    citation.quote = quote.text;
    citation.refutes = quote.refutes;
    change.citations.push_back(std::move(citation));
  }
  for (const llm::RaisedFlag& raised : verified.flags) {
    kb::Flag flag;
    flag.name = raised.name;
    flag.detail = raised.detail;
    change.flags.push_back(std::move(flag));
  }
  return change;
}

}  // namespace stubkeeper::cron
