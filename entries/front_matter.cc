#include "entries/front_matter.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "entries/front_matter_formats/format.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// The place of the text between the delimiters, in the page.
struct FrontMatterBody {
  std::size_t begin = 0;
  std::size_t end = 0;
};

FrontMatterBody front_matter_body(std::string_view page, const FrontMatter& front_matter) {
  if (front_matter.kind() == FrontMatterKind::json) {
    return {front_matter.begin(),
            front_matter.begin() + json_object_length(page.substr(front_matter.begin()))};
  }
  const std::vector<Line> lines =
      split_lines(page.substr(front_matter.begin(), front_matter.end() - front_matter.begin()));
  return {front_matter.begin() + lines.front().end, front_matter.begin() + lines.back().begin};
}

// Where the line that closes front matter begins, or the end of the text.
std::size_t closing_delimiter(std::string_view text, std::size_t begin, std::string_view delimiter) {
  while (begin < text.size()) {
    const std::size_t end = find_line_end(text, begin);
    const std::string_view line = text.substr(begin, end - begin);
    if (line.starts_with(delimiter) && trim(line) == delimiter) return begin;
    begin = end;
  }
  return text.size();
}

std::string format_literal(std::string_view value, ScalarStyle style) {
  return style == ScalarStyle::quoted_string ? quote_string(value) : std::string{value};
}

Status check_field_allowed(std::string_view name, const FrontMatter& front_matter) {
  if (is_forbidden_field(name)) {
    return Error{
        ErrorCode::refused,
        "front-matter field \"" + std::string{name} + "\" steers the site and is never set by a change", "",
        ""};
  }
  if (!front_matter.parse_error().empty()) {
    return Error{ErrorCode::refused, "the front matter is broken: " + front_matter.parse_error(), "",
                 "mend it by hand first"};
  }
  return {};
}

// The page with the text between its delimiters replaced.
template <typename Change>
Result<std::string> change_body(std::string_view page, const FrontMatter& front_matter, Change change) {
  const FrontMatterBody inner = front_matter_body(page, front_matter);
  Result<std::string> changed = change(page.substr(inner.begin, inner.end - inner.begin));
  if (!changed.ok()) return changed.error();
  return std::string{page.substr(0, inner.begin)} + *changed + std::string{page.substr(inner.end)};
}

std::string add_front_matter(std::string_view page, const std::string& field) {
  const std::string ending{detect_line_ending(page)};
  const std::string made = "---" + ending + field + ending + "---" + ending + ending;
  const std::size_t begin = page.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  return std::string{page.substr(0, begin)} + made + std::string{page.substr(begin)};
}

}  // namespace

FrontMatter FrontMatter::parse(std::string_view page) {
  FrontMatter result;
  const std::size_t begin = page.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  const std::string_view rest = page.substr(begin);
  Result<std::vector<FrontMatterField>> fields = std::vector<FrontMatterField>{};
  std::size_t lines_before = 0;
  if (rest.starts_with('{') && !rest.starts_with("{{")) {
    const std::size_t length = json_object_length(rest);
    result.kind_ = FrontMatterKind::json;
    result.begin_ = begin;
    if (length == 0) {
      result.kind_ = FrontMatterKind::none;
      result.begin_ = 0;
      return result;
    }
    std::size_t end = begin + length;
    const std::size_t line_end = page.find_first_of("\r\n", end);
    if (is_blank(
            page.substr(end, line_end == std::string_view::npos ? std::string_view::npos : line_end - end))) {
      end = line_end == std::string_view::npos ? page.size()
                                               : line_end + (page.substr(line_end, 2) == "\r\n" ? 2 : 1);
    }
    result.end_ = end;
    fields = parse_json_fields(rest.substr(0, length));
  } else {
    const std::size_t first_end = rest.find_first_of("\r\n");
    const std::string_view first = trim(rest.substr(0, first_end));
    if (first_end == std::string_view::npos || (first != "---" && first != "+++") ||
        rest.substr(0, 3) != first)
      return result;
    result.kind_ = first == "---" ? FrontMatterKind::yaml : FrontMatterKind::toml;
    result.begin_ = begin;
    const std::size_t inner_begin = find_line_end(rest, 0);
    const std::size_t closing = closing_delimiter(rest, inner_begin, first);
    if (closing == rest.size()) {
      // Without an end it is no front matter: the bytes are the page's.
      result.parse_error_ = "line 1: opened with " + std::string{first} + " and never closed";
      result.begin_ = 0;
      return result;
    }
    result.end_ = begin + find_line_end(rest, closing);
    lines_before = 1;
    const std::string_view inner = rest.substr(inner_begin, closing - inner_begin);
    fields = result.kind_ == FrontMatterKind::yaml ? parse_yaml_fields(inner) : parse_toml_fields(inner);
  }
  if (!fields.ok()) {
    result.parse_error_ = fields.error().message;
    return result;
  }
  result.fields_ = *std::move(fields);
  for (FrontMatterField& field : result.fields_) field.line += lines_before;
  return result;
}

const FrontMatterField* FrontMatter::find(std::string_view name) const {
  const auto found = std::find_if(fields_.begin(), fields_.end(),
                                  [&](const FrontMatterField& field) { return field.name == name; });
  return found == fields_.end() ? nullptr : &*found;
}

std::vector<std::string> FrontMatter::names() const {
  std::vector<std::string> names;
  for (const FrontMatterField& field : fields_) names.push_back(field.name);
  return names;
}

std::optional<std::string> FrontMatter::scalar(std::string_view name) const {
  const FrontMatterField* field = find(name);
  return field == nullptr ? std::nullopt : field->scalar;
}

std::vector<std::string> FrontMatter::list(std::string_view name) const {
  const FrontMatterField* field = find(name);
  if (field == nullptr) return {};
  return field->scalar ? std::vector<std::string>{*field->scalar} : field->list;
}

std::size_t FrontMatter::line_of(std::string_view name) const {
  const FrontMatterField* field = find(name);
  return field == nullptr ? 0 : field->line;
}

namespace {

using Kind = FieldChange::Kind;

Result<std::string> apply_change_to_body(FrontMatterKind format, std::string_view text,
                                         const FieldChange& change) {
  const bool set = change.kind == Kind::set;
  const std::string literal = set ? format_literal(change.value, change.style) : "";
  switch (format) {
    case FrontMatterKind::yaml:
      if (set) return set_yaml(text, change.name, literal);
      return append_yaml(text, change.name, change.value);
    case FrontMatterKind::toml:
      if (set) return set_toml(text, change.name, literal);
      return append_toml(text, change.name, change.value);
    case FrontMatterKind::json:
      if (set) return set_json(text, change.name, literal);
      return append_json(text, change.name, change.value);
    case FrontMatterKind::none:
      break;
  }
  return std::string{text};
}

std::string format_first_field(std::string_view page, const FieldChange& change) {
  if (change.kind == Kind::set) return change.name + ": " + format_literal(change.value, change.style);
  return change.name + ":" + std::string{detect_line_ending(page)} + "  - " + quote_string(change.value);
}

// Front matter has more forms than can be edited in place by rule (flow mappings, anchors,
// multi-line keys). The result of an edit is therefore read back: where any other field is not
// what it was, the edit is not made.
Status check_round_trip(const FrontMatter& old_fields, const FrontMatter& new_fields,
                        const std::vector<FieldChange>& changes) {
  std::set<std::string> named;
  std::size_t added = 0;
  std::string lost;
  for (const FieldChange& change : changes) {
    const std::vector<std::string> values = new_fields.list(change.name);
    if (!contains(values, change.value)) lost = change.name;
    const bool first = named.insert(change.name).second;
    if (first && !old_fields.has(change.name)) ++added;
  }
  for (const std::string& other : old_fields.names()) {
    std::vector<std::string> was = old_fields.list(other);
    std::vector<std::string> is = new_fields.list(other);
    if (!named.contains(other)) {
      if (is != was || new_fields.scalar(other) != old_fields.scalar(other)) lost = other;
      continue;
    }
    // A list that grew begins as it was.
    const bool grew = std::any_of(changes.begin(), changes.end(), [&](const FieldChange& change) {
      return change.name == other && change.kind == Kind::append;
    });
    if (grew && (is.size() < was.size() || !std::equal(was.begin(), was.end(), is.begin()))) lost = other;
  }
  const bool counted = new_fields.names().size() == old_fields.names().size() + added;
  if (new_fields.parse_error().empty() && lost.empty() && counted) return {};
  return Error{ErrorCode::refused,
               "the front matter's form is too unusual to set \"" +
                   (changes.size() == 1 || lost.empty() ? changes.front().name : lost) + "\" in place",
               "", "set the field by hand"};
}

Result<std::string> apply_changes(std::string_view page, const FrontMatter& front_matter,
                                  const std::vector<FieldChange>& changes) {
  if (front_matter.kind() == FrontMatterKind::none) {
    const std::string made = add_front_matter(page, format_first_field(page, changes.front()));
    if (changes.size() == 1) return made;
    return apply_changes(made, FrontMatter::parse(made), {changes.begin() + 1, changes.end()});
  }
  return change_body(page, front_matter, [&](std::string_view text) -> Result<std::string> {
    std::string inner{text};
    for (const FieldChange& change : changes) {
      STUBKEEPER_ASSIGN(inner, apply_change_to_body(front_matter.kind(), inner, change));
    }
    return inner;
  });
}

}  // namespace

Result<ChangedPage> change_fields(std::string_view page, const FrontMatter& front_matter,
                                  std::vector<FieldChange> changes) {
  for (const FieldChange& change : changes) STUBKEEPER_TRY(check_field_allowed(change.name, front_matter));
  std::erase_if(changes, [&](const FieldChange& change) {
    const std::vector<std::string> present = front_matter.list(change.name);
    return change.kind == Kind::append && contains(present, change.value);
  });
  if (changes.empty()) return ChangedPage{std::string{page}, front_matter};
  STUBKEEPER_ASSIGN(std::string changed, apply_changes(page, front_matter, changes));
  FrontMatter fields = FrontMatter::parse(changed);
  STUBKEEPER_TRY(check_round_trip(front_matter, fields, changes));
  return ChangedPage{std::move(changed), std::move(fields)};
}

Result<std::string> set_scalar(std::string_view page, std::string_view name, std::string_view value,
                               ScalarStyle style) {
  STUBKEEPER_ASSIGN(auto changed, change_fields(page, FrontMatter::parse(page),
                                                {{Kind::set, std::string{name}, std::string{value}, style}}));
  return std::move(changed.page);
}

Result<std::string> append_to_list(std::string_view page, std::string_view name, std::string_view value) {
  STUBKEEPER_ASSIGN(auto changed, change_fields(page, FrontMatter::parse(page),
                                                {{Kind::append, std::string{name}, std::string{value}}}));
  return std::move(changed.page);
}

bool is_forbidden_field(std::string_view name) {
  // Hugo's predefined fields that move, hide, retype or re-render a page, or reach other pages.
  static constexpr std::array names = std::to_array<std::string_view>(
      {"_build",   "aliases", "build",      "cascade",     "categories",    "draft",   "expirydate",
       "headless", "ishtml",  "layout",     "markup",      "menu",          "menus",   "outputs",
       "params",   "path",    "permalink",  "publishdate", "resources",     "sitemap", "slug",
       "tags",     "target",  "taxonomies", "type",        "unpublishdate", "url"});
  const std::string folded = ascii_lower(name);
  return contains(names, folded) ||
         folded.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") != std::string::npos;
}

}  // namespace stubkeeper::entries
