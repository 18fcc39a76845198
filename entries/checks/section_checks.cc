// Rules about section pages: what may stand on them, and their company tables.

#include <array>
#include <string>

#include "entries/checks/checker.h"
#include "entries/entry_types.h"

namespace stubkeeper::entries {

void check_section_content(Checker& checker) {
  constexpr std::array<std::string_view, 4> of_entries{"key-facts", "what-it-is", "developments", "claims"};
  for (const Block& block : checker.document.blocks()) {
    if (block.kind != BlockKind::heading || block.heading_level != 2) continue;
    const EntryPart* part = part_of_heading(default_entry_type(), block.part);
    if (part == nullptr) continue;
    for (const std::string_view name : of_entries) {
      if (part->name == name) {
        checker.report("section-content", block.first_line,
                       "\"" + block.part + "\" belongs into an entry, not onto a section page");
      }
    }
  }
}

void check_tier_order(Checker& checker) {
  constexpr std::array<std::string_view, 3> tiers{"Startups", "Public Companies", "Incumbents"};
  std::size_t lowest = 0;
  for (const Block& block : checker.document.blocks()) {
    if (block.kind != BlockKind::heading || block.heading_level != 3) continue;
    const std::string_view text = checker.document.text(block);
    for (std::size_t tier = 0; tier < tiers.size(); ++tier) {
      if (!text.starts_with("### " + std::string{tiers[tier]})) continue;
      if (tier < lowest) {
        checker.report(
            "tier-order", block.first_line,
            "\"" + std::string{tiers[tier]} + "\" goes above \"" + std::string{tiers[lowest]} + "\"");
      } else {
        lowest = tier;
      }
    }
    // Another part of the page has tables of its own.
    if (text.starts_with("## ")) lowest = 0;
  }
}

}  // namespace stubkeeper::entries
