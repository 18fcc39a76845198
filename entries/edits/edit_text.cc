#include "entries/edits/edit_text.h"

#include <algorithm>

#include "entries/edits/dated_item.h"
#include "entries/edits/page_links.h"
#include "entries/edits/splices.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

Splice splice_of_new_part(const IdentifiedDocument& identified, const std::string& part,
                          const std::string& content) {
  const std::string heading = heading_of_part(*identified.conventions, part);
  return splice_at(insertion_of_part(identified, part),
                   in_line_ends_of(identified.document, heading + "\n\n" + content),
                   heading + "\n\n" + content, part);
}

// The last block of a range that is not blank, or the range's heading.
std::size_t last_filled(const Document& document, std::size_t heading, std::size_t end) {
  while (end > heading + 1 && document.blocks()[end - 1].kind == BlockKind::blank) --end;
  return end - 1;
}

Splice splice_of_addition(const IdentifiedDocument& identified, const std::string& part,
                          const std::string& text) {
  const Document& document = identified.document;
  const auto place = find_part(*identified.conventions, document, part);
  if (!place) return splice_of_new_part(identified, part, text);
  if (stands_there(document, place->first, place->own_end, text)) return nothing_to_do(part);
  const Insertion insertion =
      insertion_after(document, last_filled(document, place->heading, place->own_end), false);
  return splice_at(insertion, in_line_ends_of(document, text), text, document.blocks()[place->heading].part);
}

// Whether `a` is not after `b`, as far as both are known.
bool not_after(std::string_view a, std::string_view b) {
  const std::size_t known = std::min(a.size(), b.size());
  return a.substr(0, known) <= b.substr(0, known);
}

Splice splice_of_development(const IdentifiedDocument& identified, const Edit& edit) {
  const Document& document = identified.document;
  const std::string part = edit.part.empty() ? "developments" : edit.part;
  const auto place = find_part(*identified.conventions, document, part);
  const std::string plain_item = "- **" + edit.date + ":** " + edit.text;
  if (!place) return splice_of_new_part(identified, part, plain_item);
  const std::string& shown_part = document.blocks()[place->heading].part;
  const auto list = find_list(document, place->first, place->own_end);
  if (!list) {
    const Insertion insertion =
        insertion_after(document, last_filled(document, place->heading, place->own_end), false);
    return splice_at(insertion, in_line_ends_of(document, plain_item), plain_item, shown_part);
  }
  const auto& blocks = document.blocks();
  const std::string_view first = document.text(blocks[list->first]);
  const DatedItem style = dated_item(first);
  std::string_view marker = marker_of(first);
  // A numbered list of developments gets its new item with the number of the one it goes before; renderers
  // count anew.
  const std::string item =
      std::string{marker} + "**" + edit.date + (style.colon_outside ? "**: " : ":** ") + edit.text;
  if (stands_there(document, list->first, list->last + 1, item)) return nothing_to_do(shown_part);
  std::size_t before = list->last + 1;
  for (std::size_t i = list->first; i <= list->last; ++i) {
    if (blocks[i].kind != BlockKind::list_item || blocks[i].depth != 0) continue;
    const DatedItem other = dated_item(document.text(blocks[i]));
    if (other.date.empty() || !not_after(other.date, edit.date)) continue;
    before = i;
    break;
  }
  const std::string text = in_line_ends_of(document, item);
  if (before > list->last) {
    return splice_at(insertion_after(document, list->last, !list->loose), text, item, shown_part);
  }
  Insertion insertion;
  insertion.at = blocks[before].bytes.begin;
  if (list->loose) insertion.after = std::string{line_end_of(document.print())};
  return splice_at(insertion, text, item, shown_part);
}

Result<Splice> splice_of_block_edit(const IdentifiedDocument& identified, const Edit& edit) {
  const Document& document = identified.document;
  const auto index = block_of_id(identified, edit.target);
  if (!index) return Error{ErrorCode::not_found, "the block that this changes is gone", "", ""};
  const Block& block = document.blocks()[*index];
  const std::string_view text = document.text(block);
  const std::string place = place_of(document, *index);
  const std::string replacement = in_line_ends_of(document, edit.text);
  if (edit.kind == EditKind::insert_before) return splice_before(document, *index, edit.text);
  if (edit.kind == EditKind::add_table_row) return splice_of_table_row(document, *index, edit.text);
  if (edit.kind == EditKind::insert_after) {
    const std::size_t next = std::min(*index + 2, document.blocks().size());
    if (stands_there(document, *index + 1, std::min(next + 1, document.blocks().size()), edit.text))
      return nothing_to_do(place);
    return splice_at(insertion_after(document, *index, block.kind == BlockKind::list_item), replacement,
                     edit.text, place);
  }
  if (edit.kind == EditKind::replace_block && trimmed(text) == trimmed(edit.text))
    return nothing_to_do(place);
  if (!edit.expected.empty() && trimmed(edit.expected) != trimmed(text)) {
    return Error{ErrorCode::conflict, "the block has changed since this was proposed", "", ""};
  }
  if (block.kind == BlockKind::front_matter) {
    return Error{ErrorCode::refused, "front matter is changed field by field", "", ""};
  }
  if (edit.kind == EditKind::leave_block) {
    Splice splice = nothing_to_do(place);
    splice.shown_old = splice.shown_new = std::string{trimmed(text)};
    return splice;
  }
  Splice splice{block.bytes.begin, block.bytes.end, "", "", std::string{trimmed(text)}, place};
  if (edit.kind == EditKind::replace_block) {
    splice.text = replacement;
    // The last line of a file that ends without a line end keeps doing so.
    if (!text.ends_with('\n') && !text.ends_with('\r'))
      splice.text = std::string{without_line_end(splice.text)};
    splice.shown_new = edit.text;
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

Splice splice_of_list_item(const IdentifiedDocument& identified, const std::string& part,
                           const std::string& text) {
  const Document& document = identified.document;
  const auto place = find_part(*identified.conventions, document, part);
  const std::string plain_item = "- " + text;
  if (!place) return splice_of_new_part(identified, part, plain_item);
  const auto list = find_list(document, place->first, place->own_end);
  if (!list) return splice_of_addition(identified, part, plain_item);
  const auto& blocks = document.blocks();
  std::size_t last_outer = list->first;
  for (std::size_t i = list->first; i <= list->last; ++i) {
    if (blocks[i].kind == BlockKind::list_item && blocks[i].depth == 0) last_outer = i;
  }
  std::string marker{marker_of(document.text(blocks[last_outer]))};
  const std::size_t digit = marker.find_first_of("0123456789");
  if (digit != std::string::npos) {
    const std::size_t end = marker.find_first_not_of("0123456789", digit);
    // Nine digits are CommonMark's most for a list number.
    const int number = std::stoi(marker.substr(digit, std::min<std::size_t>(end - digit, 9))) + 1;
    marker = marker.substr(0, digit) + std::to_string(number) + marker.substr(end);
  }
  const std::string item = marker + text;
  for (std::size_t i = list->first; i <= list->last; ++i) {
    const std::string_view present = document.text(blocks[i]);
    if (blocks[i].kind == BlockKind::list_item &&
        trimmed(present.substr(marker_of(present).size())) == trimmed(text)) {
      return nothing_to_do(blocks[place->heading].part);
    }
  }
  return splice_at(insertion_after(document, list->last, !list->loose), in_line_ends_of(document, item), item,
                   blocks[place->heading].part);
}

Result<Splice> splice_of_edit(const IdentifiedDocument& document, const Edit& edit) {
  switch (edit.kind) {
    case EditKind::replace_block:
    case EditKind::insert_before:
    case EditKind::insert_after:
    case EditKind::remove_block:
    case EditKind::add_table_row:
    case EditKind::leave_block:
      return splice_of_block_edit(document, edit);
    case EditKind::add_to_part:
      return splice_of_addition(document, edit.part, edit.text);
    case EditKind::add_list_item:
      return splice_of_list_item(document, edit.part, edit.text);
    case EditKind::prepend_development:
      return splice_of_development(document, edit);
    case EditKind::link_words:
      return splice_of_link(document, edit);
    case EditKind::add_linked_item:
      return splice_of_linked_item(document, edit);
    case EditKind::set_field:
    case EditKind::append_source:
      break;
  }
  return Error{ErrorCode::internal, "a front-matter edit is no splice of blocks", "", ""};
}

}  // namespace stubkeeper::entries
