#include "entries/edits/other_part.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "entries/edits/dated_item.h"
#include "entries/edits/parts.h"
#include "entries/edits/splices.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

// Days are seldom told with developments, as drafts date them.
constexpr std::size_t month_length = 7;

const char* why_it_stays(EditKind kind) {
  switch (kind) {
    case EditKind::add_to_part:
    case EditKind::add_list_item:
    case EditKind::prepend_development:
    case EditKind::insert_before:
    case EditKind::insert_after:
      return nullptr;
    case EditKind::set_field:
      return "it is a fact of the front matter, which has no parts";
    case EditKind::append_source:
      return "sources have their list";
    case EditKind::add_table_row:
      return "a row belongs to its table";
    case EditKind::add_linked_item:
      return "it is a link, which belongs to its list";
    case EditKind::replace_block:
    case EditKind::remove_block:
    case EditKind::link_words:
    case EditKind::leave_block:
      break;
  }
  return "it is about a text that stands there already";
}

Status refuse_what_stays(const Edit& edit) {
  if (const char* why = why_it_stays(edit.kind))
    return Error{ErrorCode::refused, std::string{"it cannot be moved: "} + why, "", ""};
  const auto text = Document::parse(edit.text);
  const auto filled = std::count_if(text.blocks().begin(), text.blocks().end(),
                                    [](const Block& block) { return block.kind != BlockKind::blank; });
  if (filled == 1) return {};
  return Error{ErrorCode::refused, "it cannot be moved: it is of several blocks", "",
               "split it, and move its parts"};
}

// The heading of a part as the page has it, or as it would be made.
std::string heading_text(const IdentifiedDocument& page, const std::string& part) {
  const auto place = find_part(*page.conventions, page.document, part);
  if (place) return page.document.blocks()[place->heading].part;
  return heading_of_part(*page.conventions, part).substr(std::string_view{"## "}.size());
}

std::string own_part(const IdentifiedDocument& page, const Edit& edit) {
  if (!edit.part.empty()) return heading_text(page, edit.part);
  const auto target = block_of_id(page, edit.target);
  return target ? page.document.blocks()[*target].part : "";
}

bool is_part(const IdentifiedDocument& page, const std::string& heading, std::string_view name) {
  const EntryTypes& types = page.conventions->types;
  const EntryPart* part = types.part_of_heading(heading);
  return part != nullptr && part == types.part(name);
}

bool holds_list(const IdentifiedDocument& page, const std::string& heading) {
  const auto place = find_part(*page.conventions, page.document, heading);
  const auto& blocks = page.document.blocks();
  if (place && find_list(page.document, place->first, place->own_end)) return true;
  const bool is_filled =
      place && std::any_of(blocks.begin() + static_cast<std::ptrdiff_t>(place->first),
                           blocks.begin() + static_cast<std::ptrdiff_t>(place->own_end),
                           [](const Block& block) { return block.kind != BlockKind::blank; });
  // What is empty or missing gets what drafts put there.
  return !is_filled && (is_part(page, heading, "key-facts") || is_part(page, heading, "people"));
}

std::string without_marker(const std::string& text) {
  const auto document = Document::parse(text);
  const bool is_item = !document.blocks().empty() && document.blocks().front().kind == BlockKind::list_item;
  return is_item ? text.substr(marker_of(text).size()) : text;
}

}  // namespace

Result<std::vector<std::string>> other_parts(const IdentifiedDocument& page, const Edit& edit) {
  STUBKEEPER_TRY(refuse_what_stays(edit));
  const EntryTypes& types = page.conventions->types;
  const std::string own = own_part(page, edit);
  std::vector<std::string> parts;
  const auto offer = [&](const std::string& heading) {
    const bool known = std::find(parts.begin(), parts.end(), heading) != parts.end();
    if (!known && !heading.empty() && heading != own && !is_part(page, heading, "sources"))
      parts.push_back(heading);
  };
  for (const Block& block : page.document.blocks()) {
    if (block.heading_level == 2) offer(block.part);
  }
  for (const std::string& name : types.type_of(page.file, page.document).parts)
    offer(heading_text(page, name));
  return parts;
}

Result<Edit> in_other_part(const IdentifiedDocument& page, const Edit& edit, const std::string& part,
                           const std::string& date) {
  STUBKEEPER_ASSIGN(const auto parts, other_parts(page, edit));
  const std::string heading = heading_text(page, part);
  const auto found = std::find_if(parts.begin(), parts.end(), [&](const std::string& other) {
    return equals_ignoring_case(other, heading);
  });
  if (found == parts.end()) {
    std::string names;
    for (const std::string& other : parts) names += (names.empty() ? "" : ", ") + other;
    const bool stays = equals_ignoring_case(heading, own_part(page, edit));
    return Error{ErrorCode::invalid_argument,
                 stays ? "it is proposed for \"" + heading + "\" already"
                       : "\"" + part + "\" is no part that it can be moved to",
                 "", "the parts are: " + names};
  }
  Edit moved;
  moved.part = *found;
  moved.text = without_marker(edit.text);
  moved.date = edit.date.empty() ? date.substr(0, month_length) : edit.date;
  if (!is_part(page, *found, "developments")) {
    moved.date.clear();
    moved.kind = holds_list(page, *found) ? EditKind::add_list_item : EditKind::add_to_part;
    return moved;
  }
  if (const DatedItem own = dated_text(moved.text); own.text_begin > 0) {
    moved.date = own.date;
    moved.text = moved.text.substr(own.text_begin);
  }
  if (moved.date.empty()) {
    return Error{ErrorCode::invalid_argument, "a development has a date, and its sources have none", "",
                 "move it elsewhere, or write it into the exported file"};
  }
  moved.kind = EditKind::prepend_development;
  return moved;
}

}  // namespace stubkeeper::entries
