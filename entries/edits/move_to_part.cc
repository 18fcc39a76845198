#include "entries/edits/move_to_part.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "entries/edits/list_items.h"
#include "entries/edits/parts.h"
#include "entries/edits/splices.h"

namespace stubkeeper::entries {
namespace {

// Drafts date developments without days.
constexpr std::size_t year_month_length = 7;

const char* immovable_reason(EditKind kind) {
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

Status check_movable(const Edit& edit) {
  if (const char* why = immovable_reason(edit.kind))
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
  return part_heading(*page.conventions, part).substr(std::string_view{"## "}.size());
}

std::string current_part(const IdentifiedDocument& page, const Edit& edit) {
  if (!edit.part.empty()) return heading_text(page, edit.part);
  const auto target = find_block_by_id(page, edit.target);
  return target ? page.document.blocks()[*target].part : "";
}

bool heading_names_part(const IdentifiedDocument& page, const std::string& heading, std::string_view name) {
  const EntryTypes& types = page.conventions->types;
  const EntryPart* part = types.part_of_heading(heading);
  return part != nullptr && part == types.part(name);
}

bool accepts_list_items(const IdentifiedDocument& page, const std::string& heading) {
  const auto place = find_part(*page.conventions, page.document, heading);
  const auto& blocks = page.document.blocks();
  if (place && find_list(page.document, place->first, place->direct_end)) return true;
  const bool is_filled =
      place && std::any_of(blocks.begin() + static_cast<std::ptrdiff_t>(place->first),
                           blocks.begin() + static_cast<std::ptrdiff_t>(place->direct_end),
                           [](const Block& block) { return block.kind != BlockKind::blank; });
  // What is empty or missing gets what drafts put there.
  return !is_filled &&
         (heading_names_part(page, heading, "key-facts") || heading_names_part(page, heading, "people"));
}

std::string strip_list_marker(const std::string& text) {
  const auto document = Document::parse(text);
  const bool is_item = !document.blocks().empty() && document.blocks().front().kind == BlockKind::list_item;
  return is_item ? text.substr(list_marker(text).size()) : text;
}

}  // namespace

Result<std::vector<std::string>> list_target_parts(const IdentifiedDocument& page, const Edit& edit) {
  STUBKEEPER_TRY(check_movable(edit));
  const EntryTypes& types = page.conventions->types;
  const std::string own = current_part(page, edit);
  std::vector<std::string> parts;
  const auto add_candidate = [&](const std::string& heading) {
    const bool known = contains(parts, heading);
    if (!known && !heading.empty() && heading != own && !heading_names_part(page, heading, "sources"))
      parts.push_back(heading);
  };
  for (const Block& block : page.document.blocks()) {
    if (block.heading_level == 2) add_candidate(block.part);
  }
  for (const std::string& name : types.type_of(page.file, page.document).parts)
    add_candidate(heading_text(page, name));
  return parts;
}

Result<Edit> move_to_part(const IdentifiedDocument& page, const Edit& edit, const std::string& part,
                          const std::string& date) {
  STUBKEEPER_ASSIGN(const auto parts, list_target_parts(page, edit));
  const std::string heading = heading_text(page, part);
  const auto found = std::find_if(parts.begin(), parts.end(), [&](const std::string& other) {
    return equals_ignoring_case(other, heading);
  });
  if (found == parts.end()) {
    const bool stays = equals_ignoring_case(heading, current_part(page, edit));
    return Error{ErrorCode::invalid_argument,
                 stays ? "it is proposed for \"" + heading + "\" already"
                       : "\"" + part + "\" is no part that it can be moved to",
                 "", "the parts are: " + join(parts, ", ")};
  }
  Edit moved;
  moved.part = *found;
  moved.text = strip_list_marker(edit.text);
  moved.date = edit.date.empty() ? date.substr(0, year_month_length) : edit.date;
  if (!heading_names_part(page, *found, "developments")) {
    moved.date.clear();
    moved.kind = accepts_list_items(page, *found) ? EditKind::add_list_item : EditKind::add_to_part;
    return moved;
  }
  if (const DatedItem own = parse_dated_text(moved.text); own.text_begin > 0) {
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
