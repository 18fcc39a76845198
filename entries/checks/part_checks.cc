// Rules about the parts of a page and their text.

#include <algorithm>
#include <string>

#include "base/text/dates.h"
#include "entries/checks/checker.h"
#include "entries/page_templates.h"

namespace stubkeeper::entries {
namespace {

bool has_text(const Document& document, const PartRange& place) {
  for (std::size_t i = place.first; i < place.end; ++i) {
    const BlockKind kind = document.blocks()[i].kind;
    if (kind != BlockKind::blank && kind != BlockKind::thematic_break) return true;
  }
  return false;
}

// The date in bold at the beginning of a list item ("- **2026-05:** ..."), as YYYY, YYYY-MM or
// YYYY-MM-DD; "".
std::string leading_date(std::string_view item) {
  const std::size_t bold = item.find("**");
  if (bold == std::string_view::npos || bold > 6) return "";
  return std::string{iso_date_prefix(item.substr(bold + 2))};
}

void check_disclaimer(Checker& checker) {
  const std::string disclaimer = entry_disclaimer(checker.context.conventions);
  if (disclaimer.empty()) return;  // the knowledge base's own template has none
  for (const Block& block : checker.document.blocks()) {
    if (block.kind == BlockKind::front_matter || block.kind == BlockKind::blank) continue;
    if (block.kind == BlockKind::block_quote &&
        checker.document.text(block).find("Disclaimer") != std::string_view::npos) {
      return;
    }
    // Below a heading of level 1 or a comment it still is at the top.
    const bool above =
        block.kind == BlockKind::html || (block.kind == BlockKind::heading && block.heading_level == 1);
    if (!above) break;
  }
  const FrontMatter& fields = checker.document.front_matter();
  checker.report_fixable(
      "disclaimer", 1, "the entry does not begin with the disclaimer in a block quote",
      [&]() -> std::vector<Fix> {
        const bool crlf = checker.document.print().substr(0, 4096).find("\r\n") != std::string::npos;
        const std::string line_end = crlf ? "\r\n" : "\n";
        return {{{fields.end(), fields.end()}, line_end + disclaimer + line_end}};
      },
      fields.parse_error().empty());
}

void check_parts(Checker& checker) {
  const EntryType& type = checker.type;
  const bool first_page = checker.file() == "_index.md";
  const bool topic =
      checker.kind == PageKind::section && std::count(checker.file().begin(), checker.file().end(), '/') == 1;
  // The section's first page is a list of its topic areas.
  if (!(checker.kind == PageKind::section && first_page)) {
    for (const std::string& name : topic ? type.required_for_topics : type.required) {
      if (checker.part(name)) continue;
      checker.report("part-missing", 1,
                     "the part \"" + checker.types.part(name)->headings.front() + "\" is missing");
    }
  }
  for (const std::string& name : type.parts) {
    const auto place = checker.part(name);
    if (place && !has_text(checker.document, *place)) {
      checker.report("part-empty", checker.document.blocks()[place->heading].first_line,
                     "the part \"" + checker.document.blocks()[place->heading].part + "\" is empty");
    }
  }
}

void check_developments(Checker& checker) {
  const auto place = checker.part("developments");
  if (!place) return;
  std::string newest_allowed;
  for (std::size_t i = place->first; i < place->end; ++i) {
    const Block& block = checker.document.blocks()[i];
    if (block.kind == BlockKind::heading) newest_allowed.clear();
    if (block.kind != BlockKind::list_item || block.depth > 0) continue;
    const std::string date = leading_date(checker.document.text(block));
    if (date.empty()) {
      checker.report("development-undated", block.first_line,
                     "the development does not begin with its date, as **2026-05:**");
      continue;
    }
    if (!newest_allowed.empty() && is_later_date(date, newest_allowed)) {
      checker.report("developments-order", block.first_line,
                     date + " stands below " + newest_allowed + "; developments go newest first");
    }
    newest_allowed = date;
  }
}

void check_part_order(Checker& checker) {
  const EntryType& type = checker.type;
  std::size_t lowest = 0;
  std::string lowest_heading;
  for (const Block& block : checker.document.blocks()) {
    if (block.kind != BlockKind::heading || block.heading_level != 2) continue;
    const EntryPart* part = checker.types.part_of_heading(block.part);
    // The section's template gives no place to these two.
    if (part == nullptr || part->name == "claims" || part->name == "supply-chain") continue;
    const std::size_t place = type.rank(part->name);
    if (place == std::string::npos) continue;
    if (place < lowest) {
      checker.report("part-order", block.first_line,
                     "\"" + block.part + "\" goes above \"" + lowest_heading + "\"");
    } else {
      lowest = place;
      lowest_heading = block.part;
    }
  }
}

}  // namespace

std::span<const Check> part_checks() {
  static constexpr Check checks[] = {{check_disclaimer, entry_pages},
                                     {check_parts, entry_pages | section_pages},
                                     {check_part_order, entry_pages},
                                     {check_developments, entry_pages}};
  return checks;
}

}  // namespace stubkeeper::entries
