#include "entries/site/landing_pages.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "entries/edits/list_items.h"
#include "entries/edits/parts.h"
#include "entries/markdown/lines.h"
#include "entries/markdown/links.h"
#include "entries/markdown/tables.h"
#include "entries/markdown_escape.h"

namespace stubkeeper::entries {
namespace {

// A cell of outside text: no pipe of it parts cells.
std::string format_cell(std::string_view text) {
  return text.empty() ? "—" : escape_markdown(text);
}

// What a destination names: the path within a relref, or the destination itself.
std::string relref_target(std::string_view destination) {
  if (!destination.starts_with("{{")) return std::string{destination};
  const std::size_t open = destination.find('"');
  const std::size_t close = destination.find('"', open == std::string_view::npos ? 0 : open + 1);
  if (open == std::string_view::npos || close == std::string_view::npos) return "";
  return std::string{destination.substr(open + 1, close - open - 1)};
}

TopicItem parse_topic_item(const Document& document, std::size_t block) {
  const Block& at = document.blocks()[block];
  const std::string_view text = document.text(at);
  TopicItem item{block, at.first_line, "", {}};
  for (const Link& link : find_links(text)) {
    if (link.kind != LinkKind::inline_link) continue;
    if (item.title.empty())
      item.title = std::string{text.substr(link.text_begin, link.text_end - link.text_begin)};
    item.references.push_back(relref_target(text.substr(link.begin, link.end - link.begin)));
  }
  if (item.title.empty()) item.title = std::string{trim(text.substr(list_marker(text).size()))};
  return item;
}

}  // namespace

std::string make_relref_link(const PageReference& page) {
  return "[" + escape_markdown(page.title) + "]({{< relref \"" + page.reference + "\" >}})";
}

std::optional<Edit> make_topic_edit(const IdentifiedDocument& page, const PageReference& topic) {
  const auto list = find_topic_list(*page.conventions, page.document);
  if (!list || list->items.empty()) return std::nullopt;
  const std::string_view first = page.document.text(page.document.blocks()[list->items.front().block]);
  Edit edit;
  edit.text = std::string{list_marker(first)} + make_relref_link(topic);
  const auto next = std::find_if(list->items.begin(), list->items.end(), [&](const TopicItem& item) {
    return topic_precedes(topic.title, item.title);
  });
  if (next != list->items.end()) {
    edit.kind = EditKind::insert_before;
    edit.target = page.ids[next->block];
  } else {
    edit.kind = EditKind::insert_after;
    edit.target = page.ids[list->items.back().block];
  }
  return edit;
}

std::optional<Edit> make_company_edit(const IdentifiedDocument& page, std::string_view tier,
                                      const CompanyRow& row) {
  const Document& document = page.document;
  const auto& blocks = document.blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].kind != BlockKind::heading || blocks[i].heading_level != 3) continue;
    const CompanyTier* found =
        page.conventions->style.tier_of_heading(heading_text(document.text(blocks[i])));
    if (found == nullptr || found->name != tier) continue;
    std::size_t end = i + 1;
    while (end < blocks.size() && blocks[end].kind != BlockKind::heading) ++end;
    const auto tables = find_tables(document, i + 1, end);
    if (tables.empty()) continue;
    Edit edit;
    edit.kind = EditKind::add_table_row;
    edit.target = page.ids[tables.front().end - 1];
    edit.text = "|";
    bool names_company = false;
    for (const std::string_view column : split_table_cells(document.text(blocks[tables.front().header]))) {
      const std::string name = cell_plain_text(column);
      std::string text = "—";
      if (equals_ignoring_case(name, "Company")) {
        text = make_relref_link(row.company);
        names_company = true;
      }
      for (const auto& [given, value] : row.cells) {
        if (equals_ignoring_case(name, given)) text = format_cell(value);
      }
      edit.text += " " + text + " |";
    }
    if (!names_company) continue;
    return edit;
  }
  return std::nullopt;
}

std::optional<TopicList> find_topic_list(const Conventions& conventions, const Document& document) {
  const auto place = find_part(conventions, document, conventions.style.topics_heading);
  if (!place) return std::nullopt;
  const auto found = find_list(document, place->first, place->direct_end);
  if (!found) return std::nullopt;
  const auto& blocks = document.blocks();
  TopicList list;
  list.line = blocks[place->heading].first_line;
  list.bytes = {blocks[found->first].bytes.begin, blocks[found->last].bytes.end};
  list.has_single_line_items = document.text(blocks[found->last]).ends_with('\n');
  for (std::size_t i = found->first; i <= found->last; ++i) {
    const std::string_view text = document.text(blocks[i]);
    const bool one_line = blocks[i].kind == BlockKind::list_item && blocks[i].depth == 0 &&
                          std::count(text.begin(), text.end(), '\n') <= 1;
    list.has_single_line_items = list.has_single_line_items && one_line;
    if (blocks[i].kind == BlockKind::list_item && blocks[i].depth == 0)
      list.items.push_back(parse_topic_item(document, i));
  }
  return list;
}

bool topic_precedes(std::string_view a, std::string_view b) {
  return ascii_lower(a) < ascii_lower(b);
}

std::string sort_topic_list(const Document& document, const TopicList& list) {
  std::vector<TopicItem> items = list.items;
  std::stable_sort(items.begin(), items.end(),
                   [](const TopicItem& a, const TopicItem& b) { return topic_precedes(a.title, b.title); });
  std::string sorted;
  for (const TopicItem& item : items) sorted += document.text(document.blocks()[item.block]);
  return sorted;
}

}  // namespace stubkeeper::entries
