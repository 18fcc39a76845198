#include <algorithm>

#include "base/text/dates.h"
#include "entries/edits/dated_groups.h"
#include "entries/edits/list_items.h"
#include "entries/edits/page_links.h"
#include "entries/edits/splices.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

Splice make_new_part_splice(const IdentifiedDocument& identified, const std::string& part,
                            const std::string& content) {
  return make_insertion_splice(identified.document, find_part_insertion(identified, part),
                               part_heading(*identified.conventions, part) + "\n\n" + content, part);
}

// After the blocks directly below a part's heading.
Splice make_last_block_splice(const Document& document, const PartRange& place, const std::string& text) {
  std::size_t last = place.direct_end - 1;
  while (last > place.heading && document.blocks()[last].kind == BlockKind::blank) --last;
  return make_insertion_splice(document, find_insertion_after(document, last, false), text,
                               document.blocks()[place.heading].part);
}

// The same splice for a part that is in a shortcode: of its text, which is a document of its own. Nothing where
// no shortcode has the part.
template <typename MakeSplice>
std::optional<Splice> make_splice_in_shortcode(const IdentifiedDocument& identified, const std::string& part,
                                               MakeSplice make_splice) {
  const auto enclosed = find_part_in_shortcode(*identified.conventions, identified.document, part);
  if (!enclosed) return std::nullopt;
  const IdentifiedDocument inner{
      Document::parse(std::string{identified.document.text(*enclosed)}, FrontMatter{}),
      {},
      identified.file,
      identified.conventions};
  Splice splice = make_splice(inner);
  splice.begin += enclosed->begin;
  splice.end += enclosed->begin;
  return splice;
}

Splice make_append_splice(const IdentifiedDocument& identified, const std::string& part,
                          const std::string& text) {
  const Document& document = identified.document;
  const auto place = find_part(*identified.conventions, document, part);
  if (!place) {
    if (auto inside = make_splice_in_shortcode(
            identified, part, [&](const auto& inner) { return make_append_splice(inner, part, text); }))
      return *std::move(inside);
    return make_new_part_splice(identified, part, text);
  }
  if (contains_block_text(document, place->first, place->direct_end, text)) return make_empty_splice(part);
  return make_last_block_splice(document, *place, text);
}

// Whether a list has an item, ticked or not.
bool contains_item(const Document& document, const ListRange& list, std::string_view item) {
  const auto text_of = [](std::string_view block) {
    block = trim(block.substr(list_marker(block).size()));
    return block.substr(task_box(block).size());
  };
  for (std::size_t i = list.first; i <= list.last; ++i) {
    const Block& block = document.blocks()[i];
    if (block.kind == BlockKind::list_item && text_of(document.text(block)) == text_of(item)) return true;
  }
  return false;
}

// A development as an item of a list, before the first one that is not later.
Splice make_dated_item_splice(const Document& document, const ListRange& list, const Edit& edit,
                              const std::string& shown_part) {
  const auto& blocks = document.blocks();
  const std::string_view first = document.text(blocks[list.first]);
  const DatedItem style = parse_dated_item(first);
  const std::string_view marker = list_marker(first);
  // Whether a task is done is for a person to say.
  const std::string box = task_box(first.substr(marker.size())).empty() ? "" : "[ ] ";
  // In a numbered list the new item has the number of the one after it; renderers count anew.
  const std::string item = std::string{marker} + box + "**" + edit.date +
                           (style.is_colon_outside_bold ? "**: " : ":** ") + edit.text;
  if (contains_item(document, list, item)) return make_empty_splice(shown_part);
  std::size_t before = list.last + 1;
  for (std::size_t i = list.first; i <= list.last; ++i) {
    if (blocks[i].kind != BlockKind::list_item || blocks[i].depth != 0) continue;
    const DatedItem other = parse_dated_item(document.text(blocks[i]));
    if (other.date.empty() || is_later_date(other.date, edit.date)) continue;
    before = i;
    break;
  }
  if (before > list.last)
    return make_insertion_splice(document, find_insertion_after(document, list.last, !list.loose), item,
                                 shown_part);
  Insertion insertion{blocks[before].bytes.begin, "", ""};
  if (list.loose) insertion.after = std::string{detect_line_ending(document.print())};
  return make_insertion_splice(document, insertion, item, shown_part);
}

// A development under the heading of a new group.
Splice make_new_group_splice(const Document& document, const PartRange& place, const NewGroup& group,
                             const std::string& item) {
  const auto& blocks = document.blocks();
  const std::string& shown_part = blocks[place.heading].part;
  const std::string text = group.heading + "\n\n" + item;
  if (group.before < place.end) {
    const std::string ending{detect_line_ending(document.print())};
    const bool is_apart = blocks[group.before - 1].kind == BlockKind::blank;
    return make_insertion_splice(document, {blocks[group.before].bytes.begin, is_apart ? "" : ending, ending},
                                 text, shown_part);
  }
  std::size_t last = place.end - 1;
  while (last > place.heading && blocks[last].kind == BlockKind::blank) --last;
  return make_insertion_splice(document, find_insertion_after(document, last, false), text, shown_part);
}

Splice make_development_splice(const IdentifiedDocument& identified, const Edit& edit) {
  const Document& document = identified.document;
  const std::string part = edit.part.empty() ? "developments" : edit.part;
  const auto place = find_part(*identified.conventions, document, part);
  const std::string plain_item = "- **" + edit.date + ":** " + edit.text;
  if (!place) {
    if (auto inside = make_splice_in_shortcode(
            identified, part, [&](const auto& inner) { return make_development_splice(inner, edit); }))
      return *std::move(inside);
    return make_new_part_splice(identified, part, plain_item);
  }
  const std::string& shown_part = document.blocks()[place->heading].part;
  const auto groups = find_dated_groups(document, *place);
  if (const DatedGroup* group = find_group_of(groups, edit.date)) {
    if (const auto list = find_list(document, group->first, group->end))
      return make_dated_item_splice(document, *list, edit, shown_part);
    return make_last_block_splice(document, {group->heading, group->first, group->end, group->end},
                                  plain_item);
  }
  if (const auto list = find_list(document, place->first, place->direct_end))
    return make_dated_item_splice(document, *list, edit, shown_part);
  if (!groups.empty())
    return make_new_group_splice(document, *place, find_new_group(document, *place, groups, edit.date),
                                 plain_item);
  return make_last_block_splice(document, *place, plain_item);
}

Result<Splice> make_block_splice(const IdentifiedDocument& identified, const Edit& edit) {
  const Document& document = identified.document;
  const auto index = find_block_by_id(identified, edit.target);
  if (!index) return Error{ErrorCode::not_found, "the block that this changes is gone", "", ""};
  const Block& block = document.blocks()[*index];
  const std::string_view text = document.text(block);
  const std::string place = describe_place(document, *index);
  if (edit.kind == EditKind::insert_before) return make_insert_before_splice(document, *index, edit.text);
  if (edit.kind == EditKind::add_table_row) return make_table_row_splice(document, *index, edit.text);
  if (edit.kind == EditKind::insert_after) {
    const std::size_t next = std::min(*index + 2, document.blocks().size());
    if (contains_block_text(document, *index + 1, std::min(next + 1, document.blocks().size()), edit.text))
      return make_empty_splice(place);
    return make_insertion_splice(document,
                                 find_insertion_after(document, *index, block.kind == BlockKind::list_item),
                                 edit.text, place);
  }
  if (edit.kind == EditKind::replace_block && trim(text) == trim(edit.text)) return make_empty_splice(place);
  if (!edit.expected.empty() && trim(edit.expected) != trim(text)) {
    return Error{ErrorCode::conflict, "the block has changed since this was proposed", "", ""};
  }
  if (block.kind == BlockKind::front_matter) {
    return Error{ErrorCode::refused, "front matter is changed field by field", "", ""};
  }
  if (edit.kind == EditKind::leave_block) {
    Splice splice = make_empty_splice(place);
    splice.preview_old = splice.preview_new = std::string{trim(text)};
    return splice;
  }
  Splice splice{block.bytes.begin, block.bytes.end, "", "", std::string{trim(text)}, place};
  if (edit.kind == EditKind::replace_block) {
    splice.text = convert_line_endings(document, edit.text);
    // The last line of a file that ends without a line end keeps doing so.
    if (!ends_with_line_ending(text)) splice.text = std::string{strip_line_ending(splice.text)};
    splice.preview_new = edit.text;
    return splice;
  }
  // With a block goes the blank line after it.
  const auto& blocks = document.blocks();
  if (*index + 1 < blocks.size() && blocks[*index + 1].kind == BlockKind::blank &&
      block.kind != BlockKind::list_item) {
    splice.end = blocks[*index + 1].bytes.end;
  }
  return splice;
}

}  // namespace

Splice make_list_item_splice(const IdentifiedDocument& identified, const std::string& part,
                             const std::string& text) {
  const Document& document = identified.document;
  const auto place = find_part(*identified.conventions, document, part);
  const std::string plain_item = "- " + text;
  if (!place) {
    if (auto inside = make_splice_in_shortcode(
            identified, part, [&](const auto& inner) { return make_list_item_splice(inner, part, text); }))
      return *std::move(inside);
    return make_new_part_splice(identified, part, plain_item);
  }
  const auto list = find_list(document, place->first, place->direct_end);
  if (!list) return make_append_splice(identified, part, plain_item);
  const auto& blocks = document.blocks();
  std::size_t last_top_level = list->first;
  for (std::size_t i = list->first; i <= list->last; ++i) {
    if (blocks[i].kind == BlockKind::list_item && blocks[i].depth == 0) last_top_level = i;
  }
  std::string marker{list_marker(document.text(blocks[last_top_level]))};
  const std::size_t digit = marker.find_first_of("0123456789");
  if (digit != std::string::npos) {
    const std::size_t end = marker.find_first_not_of("0123456789", digit);
    // Nine digits are CommonMark's most for a list number.
    const int number = std::stoi(marker.substr(digit, std::min<std::size_t>(end - digit, 9))) + 1;
    marker = marker.substr(0, digit) + std::to_string(number) + marker.substr(end);
  }
  for (std::size_t i = list->first; i <= list->last; ++i) {
    const std::string_view present = document.text(blocks[i]);
    if (blocks[i].kind == BlockKind::list_item &&
        trim(present.substr(list_marker(present).size())) == trim(text)) {
      return make_empty_splice(blocks[place->heading].part);
    }
  }
  return make_insertion_splice(document, find_insertion_after(document, list->last, !list->loose),
                               marker + text, blocks[place->heading].part);
}

Result<Splice> make_edit_splice(const IdentifiedDocument& document, const Edit& edit) {
  switch (edit.kind) {
    case EditKind::replace_block:
    case EditKind::insert_before:
    case EditKind::insert_after:
    case EditKind::remove_block:
    case EditKind::add_table_row:
    case EditKind::leave_block:
      return make_block_splice(document, edit);
    case EditKind::add_to_part:
      return make_append_splice(document, edit.part, edit.text);
    case EditKind::add_list_item:
      return make_list_item_splice(document, edit.part, edit.text);
    case EditKind::prepend_development:
      return make_development_splice(document, edit);
    case EditKind::link_words:
      return make_link_splice(document, edit);
    case EditKind::add_linked_item:
      return make_linked_item_splice(document, edit);
    case EditKind::set_field:
    case EditKind::append_source:
      break;
  }
  return Error{ErrorCode::internal, "a front-matter edit is no splice of blocks", "", ""};
}

}  // namespace stubkeeper::entries
