#include "cli/quoted_source.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "kb/snapshots.h"
#include "schema/base/utf8.h"

namespace stubkeeper::cli {
namespace {

struct Origin {
  kb::Snapshot snapshot;
  kb::DocumentRecord document;
  std::size_t page = 0;  // 0: the document has none
};

Result<Origin> origin_of(kb::Store& store, const kb::Citation& citation) {
  kb::Snapshots snapshots{store};
  Origin origin;
  STUBKEEPER_ASSIGN(origin.snapshot, snapshots.get(citation.snapshot_id));
  STUBKEEPER_ASSIGN(origin.document, snapshots.get_document(origin.snapshot.document_id));
  // A damaged text is doctor's to tell; the quote still has its source.
  const auto page = snapshots.page_of(origin.snapshot, citation.begin_byte);
  if (page.ok()) origin.page = *page;
  return origin;
}

}  // namespace

std::vector<std::string> quoted_source_lines(kb::Store& store, const kb::Citation& citation) {
  std::vector<std::string> lines;
  lines.push_back(
      fmt::format("{} \"{}\"", citation.refutes ? "refuted by" : "quoted", printable(citation.quote)));
  const auto origin = origin_of(store, citation);
  if (!origin.ok()) {
    lines.push_back("  " + printable(origin.error().text()));
    return lines;
  }
  const kb::Snapshot& snapshot = origin->snapshot;
  lines.push_back(
      fmt::format("  from {}{}{}, fetched {}", snapshot.title.empty() ? "" : printable(snapshot.title) + ", ",
                  origin->page == 0 ? "" : fmt::format("p. {}, ", origin->page),
                  snapshot.published.empty() ? "undated" : "published " + printable(snapshot.published),
                  iso_date(snapshot.fetched_at)));
  lines.push_back("  " + printable(origin->document.address));
  return lines;
}

nlohmann::ordered_json quoted_source_json(kb::Store& store, const kb::Citation& citation) {
  nlohmann::ordered_json json{{"quote", citation.quote},
                              {"role", citation.refutes ? "refutes" : "supports"},
                              {"snapshot", citation.snapshot_id},
                              {"begin_byte", citation.begin_byte},
                              {"end_byte", citation.end_byte}};
  const auto origin = origin_of(store, citation);
  if (!origin.ok()) return json;
  json["snapshot_sha256"] = origin->snapshot.text_sha256;
  json["page"] = origin->page == 0 ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(origin->page);
  json["address"] = origin->document.address;
  json["title"] = origin->snapshot.title;
  json["published"] = origin->snapshot.published;
  json["fetched_at"] = rfc3339(origin->snapshot.fetched_at);
  return json;
}

}  // namespace stubkeeper::cli
