// Rules about the list of sources at the end of an entry and the one in its front matter.

#include <string>
#include <utility>

#include "entries/checks/checker.h"
#include "entries/edits/parts.h"
#include "entries/edits/source_addresses.h"

namespace stubkeeper::entries {
namespace {

struct ListedAddress {
  std::string address;
  std::size_t line = 0;
};

std::vector<ListedAddress> listed_addresses(const Document& document, const PartPlace& place) {
  std::vector<ListedAddress> listed;
  for (std::size_t i = place.first; i < place.end; ++i) {
    const Block& block = document.blocks()[i];
    // The first address of an item is the source; what its annotation links to is not.
    const bool item = block.kind == BlockKind::list_item;
    for (std::string& address : addresses_in(document.text(block))) {
      listed.push_back({std::move(address), block.first_line});
      if (item) break;
    }
  }
  return listed;
}

// The front matter with all these addresses in source_urls, as one fix; none where it cannot be changed.
std::vector<Fix> added_to_front_matter(const Document& document, const std::vector<ListedAddress>& missing) {
  const FrontMatter& fields = document.front_matter();
  std::string page = document.print().substr(0, fields.end());
  for (const ListedAddress& each : missing) {
    auto added = append_to_list(page, "source_urls", each.address);
    if (!added.ok()) return {};
    page = std::move(added).value();
  }
  return {{{0, fields.end()}, page}};
}

}  // namespace

void check_source_list(Checker& checker) {
  const Document& document = checker.document;
  const auto place = find_part(document, "Sources");
  if (!place) return;  // part-missing says so
  const FrontMatter& fields = document.front_matter();
  const std::vector<std::string> declared = fields.list("source_urls");
  const std::size_t begin = document.blocks()[place->heading].bytes.begin;
  const std::size_t end = place->end < document.blocks().size() ? document.blocks()[place->end].bytes.begin
                                                                : document.print().size();
  const std::string_view part = std::string_view{document.print()}.substr(begin, end - begin);
  for (const std::string& address : declared) {
    if (!mentions_address(part, address)) {
      checker.report("source-list", document.blocks()[place->heading].first_line,
                     "\"" + address + "\" stands in source_urls and not under Sources");
    }
  }
  std::vector<ListedAddress> missing;
  for (ListedAddress& each : listed_addresses(document, *place)) {
    if (!lists_address(declared, each.address)) missing.push_back(std::move(each));
  }
  const bool can_add = fields.kind() != FrontMatterKind::none && fields.problem().empty();
  // One fix adds them all; it stands with the first.
  bool first = true;
  for (const ListedAddress& each : missing) {
    const std::string message = "\"" + each.address + "\" is not in source_urls";
    if (!can_add) {
      checker.report("source-urls", each.line, message);
      continue;
    }
    checker.report_fixable("source-urls", each.line, message, [&]() -> std::vector<Fix> {
      if (!std::exchange(first, false)) return {};
      return added_to_front_matter(document, missing);
    });
  }
}

void check_source_urls(Checker& checker) {
  const FrontMatter& fields = checker.document.front_matter();
  std::vector<std::string> seen;
  for (const std::string& address : fields.list("source_urls")) {
    if (lists_address(seen, address)) {
      checker.report("source-twice", fields.line_of("source_urls"),
                     "\"" + address + "\" stands twice in source_urls");
    }
    seen.push_back(address);
  }
}

}  // namespace stubkeeper::entries
