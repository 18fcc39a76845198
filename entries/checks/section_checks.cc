// Rules about section pages: what may stand on them, their supply chain, and the list of topic
// areas.

#include <algorithm>
#include <array>
#include <string>

#include "base/text/strings.h"
#include "entries/checks/checker.h"
#include "entries/site/landing_pages.h"
#include "entries/staleness.h"

namespace stubkeeper::entries {
namespace {

void check_section_content(Checker& checker) {
  constexpr std::array<std::string_view, 4> of_entries{"key-facts", "what-it-is", "developments", "claims"};
  for (const Block& block : checker.document.blocks()) {
    if (block.kind != BlockKind::heading || block.heading_level != 2) continue;
    const EntryPart* part = checker.types.part_of_heading(block.part);
    if (part == nullptr) continue;
    if (!contains(of_entries, part->name)) continue;
    checker.report("section-content", block.first_line,
                   "\"" + block.part + "\" belongs into an entry, not onto a section page");
  }
}

void check_supply_chain(Checker& checker) {
  const auto place = checker.part("supply-chain");
  if (!place) return;
  const Document& document = checker.document;
  auto reviewed = find_review_date(document.text_of_blocks(place->heading, place->end));
  if (!reviewed) reviewed = document.front_matter().scalar("last_reviewed").value_or("").substr(0, 10);
  checker.report_stale_part("supply-chain-stale", document.blocks()[place->heading].first_line,
                            "Supply Chain", *reviewed, checker.style.supply_chain_stale_after_days);
}

void check_topics(Checker& checker) {
  if (checker.file() != "_index.md") return;
  const auto list = find_topic_list(checker.context.conventions, checker.document);
  if (!list) return;
  for (std::size_t i = 1; i < list->items.size(); ++i) {
    if (!topic_precedes(list->items[i].title, list->items[i - 1].title)) continue;
    checker.report_fixable(
        "topic-order", list->items[i].line,
        "\"" + list->items[i].title + "\" goes above \"" + list->items[i - 1].title + "\"",
        [&] {
          return std::vector<Fix>{{list->bytes, sort_topic_list(checker.document, *list)}};
        },
        list->has_single_line_items);
  }
  for (const TopicArea& topic : checker.context.section.topics()) {
    const bool listed = std::any_of(list->items.begin(), list->items.end(), [&](const TopicItem& item) {
      return std::any_of(item.references.begin(), item.references.end(), [&](const std::string& reference) {
        return checker.context.pages.resolve("_index.md", reference).file == topic.file;
      });
    });
    if (!listed) {
      checker.report("topic-missing", list->line,
                     "\"" + topic.title + "\" (" + topic.file + ") is not in the list of topic areas");
    }
  }
}

}  // namespace

std::span<const Check> section_checks() {
  static constexpr Check checks[] = {{check_section_content, section_pages},
                                     {check_supply_chain, section_pages},
                                     {check_topics, section_pages}};
  return checks;
}

}  // namespace stubkeeper::entries
