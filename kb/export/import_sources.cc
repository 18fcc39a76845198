#include "kb/export/import_sources.h"

#include "base/text/strings.h"
#include "entries/markdown_escape.h"
#include "kb/sources/sources.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

// The address of the active source that leads to a document at an address, which is not its own; nothing where
// there is none.
Result<std::optional<std::string>> find_leading_source(Store& store, const std::string& address) {
  return store.database().query_one(
      "SELECT source.address FROM document JOIN source ON source.id = source_id "
      "WHERE document.address = ?1 AND source.address <> ?1 AND source.state <> 'removed' LIMIT 1",
      {std::string_view{address}}, first_text);
}

bool is_pdf(std::string_view address) {
  const std::string_view path = address.substr(0, address.find_first_of("?#"));
  return path.ends_with(".pdf") || path.ends_with(".PDF");
}

}  // namespace

Status ImportSources::add(const entries::Document& document, Id entry_id, const std::string& path,
                          Timestamp now) {
  Sources sources{store_};
  for (const std::string& address : document.front_matter().list("source_urls")) {
    if (!entries::is_safe_link(address)) continue;
    STUBKEEPER_ASSIGN(const auto known, sources.find(address));
    std::string reason;
    if (known && known->state == SourceState::removed) {
      reason = "was removed";
    } else if (!known) {
      STUBKEEPER_ASSIGN(const auto leading, find_leading_source(store_, address));
      if (leading) reason = "is read already, as a part of " + *leading;
    }
    if (!reason.empty()) {
      LeftOutSource& left_out = left_out_[address];
      left_out.address = address;
      left_out.reason = reason;
      add_once(left_out.entries, path);
      continue;
    }
    STUBKEEPER_ASSIGN(const auto id, sources.add(is_pdf(address) ? "pdf" : "page", address, "", now));
    STUBKEEPER_TRY(sources.link_to_entry(id, entry_id));
    if (!known) ++added_;
  }
  return {};
}

std::vector<LeftOutSource> ImportSources::left_out() const {
  std::vector<LeftOutSource> all;
  for (const auto& [address, left_out] : left_out_) all.push_back(left_out);
  return all;
}

}  // namespace stubkeeper::kb
