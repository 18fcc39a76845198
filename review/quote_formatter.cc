#include "review/quote_formatter.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text/utf8.h"
#include "kb/sources/snapshots.h"
#include "review/labels.h"

namespace stubkeeper::review {

Result<const QuoteFormatter::Origin*> QuoteFormatter::load_origin(kb::Id snapshot_id) {
  if (const auto known = known_.find(snapshot_id); known != known_.end()) return &known->second;
  kb::Snapshots snapshots{store_};
  Origin origin;
  STUBKEEPER_ASSIGN(origin.snapshot, snapshots.get(snapshot_id));
  STUBKEEPER_ASSIGN(origin.document, snapshots.get_document(origin.snapshot.document_id));
  return &known_.emplace(snapshot_id, std::move(origin)).first->second;
}

std::size_t QuoteFormatter::page_of(const Origin& origin, std::size_t byte) {
  // A damaged text is doctor's to tell; the quote still has its source.
  const auto page = kb::Snapshots{store_}.page_of(origin.snapshot, byte);
  return page.ok() ? *page : 0;
}

std::vector<std::string> QuoteFormatter::lines(const kb::Citation& citation) {
  std::vector<std::string> lines;
  lines.push_back(
      fmt::format("{} \"{}\"", citation.refutes ? "refuted by" : "quoted", sanitize_for_terminal(citation.quote)));
  const auto found = load_origin(citation.snapshot_id);
  if (!found.ok()) {
    lines.push_back("  " + sanitize_for_terminal(found.error().text()));
    return lines;
  }
  const Origin* origin = *found;
  const kb::Snapshot& snapshot = origin->snapshot;
  const std::size_t page = page_of(*origin, citation.begin_byte);
  lines.push_back(
      fmt::format("  from {}{}{}, fetched {}", snapshot.title.empty() ? "" : sanitize_for_terminal(snapshot.title) + ", ",
                  page == 0 ? "" : fmt::format("p. {}, ", page),
                  sanitize_for_terminal(format_publication_date(snapshot.published)), iso_date(snapshot.fetched_at)));
  lines.push_back("  " + sanitize_for_terminal(origin->document.address));
  return lines;
}

nlohmann::ordered_json QuoteFormatter::json(const kb::Citation& citation) {
  nlohmann::ordered_json json{{"quote", citation.quote},
                              {"role", citation.refutes ? "refutes" : "supports"},
                              {"snapshot", citation.snapshot_id},
                              {"begin_byte", citation.begin_byte},
                              {"end_byte", citation.end_byte}};
  const auto found = load_origin(citation.snapshot_id);
  if (!found.ok()) return json;
  const Origin* origin = *found;
  const std::size_t page = page_of(*origin, citation.begin_byte);
  json["snapshot_sha256"] = origin->snapshot.text_sha256;
  json["page"] = page == 0 ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(page);
  json["address"] = origin->document.address;
  json["title"] = origin->snapshot.title;
  json["published"] = origin->snapshot.published;
  json["fetched_at"] = rfc3339(origin->snapshot.fetched_at);
  return json;
}

}  // namespace stubkeeper::review
