// Rules about the list of sources at the end of an entry and the one in its front matter.

#include <string>
#include <unordered_set>
#include <utility>

#include "base/text/ascii.h"
#include "entries/checks/checker.h"
#include "entries/edits/source_addresses.h"
#include "entries/markdown/links.h"

namespace stubkeeper::entries {
namespace {

struct ListedAddress {
  std::string address;
  std::size_t line = 0;
  bool is_list_item = false;
};

std::vector<ListedAddress> listed_addresses(const Document& document, const PartRange& place) {
  std::vector<ListedAddress> listed;
  for (std::size_t i = place.first; i < place.end; ++i) {
    const Block& block = document.blocks()[i];
    // The first address of an item is the source; what its annotation links to is not.
    const bool item = block.kind == BlockKind::list_item;
    for (std::string& address : extract_addresses(document.text(block))) {
      listed.push_back({std::move(address), block.first_line, item});
      if (item) break;
    }
  }
  return listed;
}

// Addresses as they count for whether two are the same.
class AddressSet {
 public:
  // Whether it was not there yet.
  bool add(std::string_view address) {
    return normalized_addresses_.emplace(normalize_source_address(address)).second;
  }
  bool has(std::string_view address) const {
    return normalized_addresses_.contains(normalize_source_address(address));
  }

 private:
  std::unordered_set<std::string> normalized_addresses_;
};

// The front matter with all these addresses in source_urls, as one fix; none where it cannot be
// changed.
std::vector<Fix> make_source_urls_fix(const Document& document, const std::vector<ListedAddress>& missing) {
  const FrontMatter& fields = document.front_matter();
  std::string page = document.print().substr(0, fields.end());
  AddressSet added_addresses;
  for (const ListedAddress& each : missing) {
    if (!added_addresses.add(each.address)) continue;
    auto added = append_to_list(page, "source_urls", each.address);
    if (!added.ok()) return {};
    page = std::move(added).value();
  }
  return {{{0, fields.end()}, page}};
}

void check_source_list(Checker& checker) {
  const Document& document = checker.document;
  const auto place = checker.part("sources");
  if (!place) return;  // part-missing says so
  const FrontMatter& fields = document.front_matter();
  const std::vector<std::string> declared = fields.list("source_urls");
  AddressSet shown;
  for (const std::string& address : extract_addresses(document.text_of_blocks(place->heading, place->end)))
    shown.add(address);
  for (const std::string& address : declared) {
    if (!shown.has(address)) {
      checker.report("source-list", document.blocks()[place->heading].first_line,
                     "\"" + address + "\" stands in source_urls and not under Sources");
    }
  }
  AddressSet known;
  for (const std::string& address : declared) known.add(address);
  std::vector<ListedAddress> missing;
  for (ListedAddress& each : listed_addresses(document, *place)) {
    if (!known.has(each.address)) missing.push_back(std::move(each));
  }
  // One fix adds them all; it comes with the first.
  bool first = true;
  for (const ListedAddress& each : missing) {
    checker.report_fixable(
        "source-urls", each.line, "\"" + each.address + "\" is not in source_urls",
        [&] {
          return std::exchange(first, false) ? make_source_urls_fix(document, missing) : std::vector<Fix>{};
        },
        fields.is_editable());
  }
}

void check_duplicates(Checker& checker, const std::vector<std::string>& declared,
                      const std::vector<ListedAddress>& listed) {
  AddressSet seen;
  for (const std::string& address : declared) {
    if (!seen.add(address)) {
      checker.report("source-twice", checker.document.front_matter().line_of("source_urls"),
                     "\"" + address + "\" stands twice in source_urls");
    }
  }
  AddressSet seen_in_part;
  for (const ListedAddress& each : listed) {
    if (each.is_list_item && !seen_in_part.add(each.address))
      checker.report("source-twice", each.line, "\"" + each.address + "\" stands twice under Sources");
  }
}

bool cites_sources(const Checker& checker, const Block& block) {
  const std::string_view part = checker.part_name(block);
  return part == "claims" || part == "developments";
}

void check_source_use(Checker& checker) {
  const Document& document = checker.document;
  const FrontMatter& fields = document.front_matter();
  const auto place = checker.part("sources");
  const std::vector<std::string> declared = fields.list("source_urls");
  std::vector<ListedAddress> listed;
  if (place) listed = listed_addresses(document, *place);
  check_duplicates(checker, declared, listed);

  AddressSet known;
  for (const std::string& address : declared) known.add(address);
  for (const ListedAddress& each : listed) known.add(each.address);
  AddressSet used;
  for (std::size_t i = 0; i < document.blocks().size(); ++i) {
    const Block& block = document.blocks()[i];
    if (!is_text(block) || (place && i >= place->heading && i < place->end)) continue;
    const std::string_view text = document.text(block);
    for (const Link& link : checker.links(block)) {
      const std::string address = resolve_destination(text.substr(link.begin, link.end - link.begin));
      if (!starts_with_ignoring_case(address, "http")) continue;
      const bool is_new = used.add(address);
      const bool quote = !checker.style.quote_page.empty() && address.starts_with(checker.style.quote_page);
      if (!is_new || known.has(address) || quote || !cites_sources(checker, block)) continue;
      checker.report("source-unlisted", checker.line_of_byte(block, link.begin),
                     "\"" + address + "\" is linked as a source and listed nowhere");
    }
  }
  AddressSet reported;
  for (const ListedAddress& each : listed) {
    if (each.is_list_item && !used.has(each.address) && reported.add(each.address)) {
      checker.report("source-unused", each.line, "nothing in the text links \"" + each.address + "\"");
    }
  }
}

}  // namespace

std::span<const Check> source_checks() {
  static constexpr Check checks[] = {{check_source_list, entry_pages}, {check_source_use, entry_pages}};
  return checks;
}

}  // namespace stubkeeper::entries
