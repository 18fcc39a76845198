#include "cron/proposal_limits.h"

#include <algorithm>

#include "base/text/strings.h"

namespace stubkeeper::cron {

kb::Id FirstLookLimit::first_look_source(const llm::DraftedChange& change) const {
  if (task_.is_stub) return 0;
  for (const llm::Quote& quote : change.quotes) {
    const auto passage = std::ranges::find(task_.passages, quote.passage_id, &llm::TaskPassage::id);
    if (passage != task_.passages.end() && passage->is_first_look) return passage->source_id;
  }
  return 0;
}

bool FirstLookLimit::takes(kb::Id first_look_source) {
  const auto room = room_.find(first_look_source);
  if (room == room_.end()) return true;
  if (room->second == 0) return false;
  --room->second;
  return true;
}

KeptPassages::KeptPassages(const llm::Draft& draft, const llm::Verification& verification)
    : changes_(static_cast<int>(draft.kept_passages.size())) {
  for (const std::string& id : draft.kept_passages) add_passage(id);
  for (const std::string& id : draft.unread_passages) add_passage(id);
  for (const std::size_t dropped : verification.dropped)
    for (const llm::Quote& quote : draft.changes[dropped].quotes) add_passage(quote.passage_id);
}

void KeptPassages::add(const llm::DraftedChange& change) {
  ++changes_;
  for (const llm::Quote& quote : change.quotes) add_passage(quote.passage_id);
}

void KeptPassages::add_all(const std::vector<kb::Routing>& waiting) {
  for (const kb::Routing& routing : waiting) passages_.insert(routing.passage_id);
}

// "p12", or a piece of it: "p12-2".
void KeptPassages::add_passage(std::string_view id) {
  if (!id.starts_with('p')) return;
  const auto passage = parse_number<kb::Id>(id.substr(1, id.find('-') - 1));
  if (passage) passages_.insert(*passage);
}

}  // namespace stubkeeper::cron
