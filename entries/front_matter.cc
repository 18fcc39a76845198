#include "entries/front_matter.h"

#include <algorithm>
#include <array>

#include "entries/front_matter_formats/format.h"
#include "entries/markdown/lines.h"
#include "schema/base/ascii.h"

namespace stubkeeper::entries {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// The place of the text between the delimiters, in the page.
struct Inner {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Inner inner_of(std::string_view page, const FrontMatter& front_matter) {
  if (front_matter.kind() == FrontMatterKind::json) {
    return {front_matter.begin(),
            front_matter.begin() + json_object_length(page.substr(front_matter.begin()))};
  }
  const std::vector<Line> lines =
      split_lines(page.substr(front_matter.begin(), front_matter.end() - front_matter.begin()));
  return {front_matter.begin() + lines.front().end, front_matter.begin() + lines.back().begin};
}

std::string literal_of(std::string_view value, ScalarStyle style) {
  return style == ScalarStyle::quoted_string ? double_quoted(value) : std::string{value};
}

Status refuse_forbidden(std::string_view name, const FrontMatter& front_matter) {
  if (is_forbidden_field(name)) {
    return Error{
        ErrorCode::refused,
        "front-matter field \"" + std::string{name} + "\" steers the site and is never set by a change", "",
        ""};
  }
  if (!front_matter.problem().empty()) {
    return Error{ErrorCode::refused, "the front matter is broken: " + front_matter.problem(), "",
                 "mend it by hand first"};
  }
  return {};
}

// The page with the text between its delimiters replaced.
template <typename Change>
Result<std::string> change_inner(std::string_view page, const FrontMatter& front_matter, Change change) {
  const Inner inner = inner_of(page, front_matter);
  Result<std::string> changed = change(page.substr(inner.begin, inner.end - inner.begin));
  if (!changed.ok()) return changed.error();
  return std::string{page.substr(0, inner.begin)} + *changed + std::string{page.substr(inner.end)};
}

std::string with_new_front_matter(std::string_view page, const std::string& field) {
  const std::string ending{line_end_of(page)};
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
    fields = read_json(rest.substr(0, length));
  } else {
    const std::size_t first_end = rest.find_first_of("\r\n");
    const std::string_view first = trimmed(rest.substr(0, first_end));
    if (first_end == std::string_view::npos || (first != "---" && first != "+++") ||
        rest.substr(0, 3) != first)
      return result;
    result.kind_ = first == "---" ? FrontMatterKind::yaml : FrontMatterKind::toml;
    result.begin_ = begin;
    const std::vector<Line> lines = split_lines(rest);
    std::size_t closing = 1;
    while (closing < lines.size()) {
      const std::string_view line =
          rest.substr(lines[closing].begin, lines[closing].end - lines[closing].begin);
      if (line.starts_with(first) && trimmed(line) == first) break;
      ++closing;
    }
    if (closing == lines.size()) {
      // Without an end it is no front matter: the bytes are the page's.
      result.problem_ = "line 1: opened with " + std::string{first} + " and never closed";
      result.begin_ = 0;
      return result;
    }
    result.end_ = begin + lines[closing].end;
    lines_before = 1;
    const std::string_view inner = rest.substr(lines[0].end, lines[closing].begin - lines[0].end);
    fields = result.kind_ == FrontMatterKind::yaml ? read_yaml(inner) : read_toml(inner);
  }
  if (!fields.ok()) {
    result.problem_ = fields.error().message;
    return result;
  }
  for (FrontMatterField& field : *fields) {
    result.fields_.push_back(
        {std::move(field.name), std::move(field.scalar), std::move(field.list), field.line + lines_before});
  }
  return result;
}

std::vector<std::string> FrontMatter::names() const {
  std::vector<std::string> names;
  for (const Field& field : fields_) names.push_back(field.name);
  return names;
}

bool FrontMatter::has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(), [&](const Field& field) { return field.name == name; });
}

std::optional<std::string> FrontMatter::scalar(std::string_view name) const {
  for (const Field& field : fields_) {
    if (field.name == name) return field.scalar;
  }
  return std::nullopt;
}

std::vector<std::string> FrontMatter::list(std::string_view name) const {
  for (const Field& field : fields_) {
    if (field.name == name) return field.scalar ? std::vector<std::string>{*field.scalar} : field.list;
  }
  return {};
}

std::size_t FrontMatter::line_of(std::string_view name) const {
  for (const Field& field : fields_) {
    if (field.name == name) return field.line;
  }
  return 0;
}

namespace {

Result<std::string> with_scalar(std::string_view page, const FrontMatter& front_matter, std::string_view name,
                                std::string_view value, ScalarStyle style) {
  const std::string literal = literal_of(value, style);
  switch (front_matter.kind()) {
    case FrontMatterKind::none:
      return with_new_front_matter(page, std::string{name} + ": " + literal);
    case FrontMatterKind::yaml:
      return change_inner(page, front_matter, [&](std::string_view text) -> Result<std::string> {
        return set_yaml(text, name, literal);
      });
    case FrontMatterKind::toml:
      return change_inner(page, front_matter, [&](std::string_view text) -> Result<std::string> {
        return set_toml(text, name, literal);
      });
    case FrontMatterKind::json:
      return change_inner(page, front_matter,
                          [&](std::string_view text) { return set_json(text, name, literal); });
  }
  return std::string{page};
}

Result<std::string> with_item(std::string_view page, const FrontMatter& front_matter, std::string_view name,
                              std::string_view value) {
  switch (front_matter.kind()) {
    case FrontMatterKind::none:
      return with_new_front_matter(
          page, std::string{name} + ":" + std::string{line_end_of(page)} + "  - " + double_quoted(value));
    case FrontMatterKind::yaml:
      return change_inner(page, front_matter,
                          [&](std::string_view text) { return append_yaml(text, name, value); });
    case FrontMatterKind::toml:
      return change_inner(page, front_matter,
                          [&](std::string_view text) { return append_toml(text, name, value); });
    case FrontMatterKind::json:
      return change_inner(page, front_matter,
                          [&](std::string_view text) { return append_json(text, name, value); });
  }
  return std::string{page};
}

// Front matter has more forms than can be edited in place by rule (flow mappings, anchors, multi-line keys).
// What comes out of an edit is therefore read back: where any other field is not what it was, the edit is not
// made.
Status reads_back(std::string_view before, std::string_view after, std::string_view name,
                  std::string_view value) {
  const FrontMatter old_fields = FrontMatter::parse(before);
  const FrontMatter new_fields = FrontMatter::parse(after);
  const std::vector<std::string> set = new_fields.list(name);
  bool kept = new_fields.problem().empty() && std::find(set.begin(), set.end(), value) != set.end();
  for (const std::string& other : old_fields.names()) {
    if (other == name) continue;
    kept = kept && new_fields.scalar(other) == old_fields.scalar(other) &&
           new_fields.list(other) == old_fields.list(other);
  }
  const std::size_t added = new_fields.has(name) && !old_fields.has(name) ? 1 : 0;
  kept = kept && new_fields.names().size() == old_fields.names().size() + added;
  if (kept) return {};
  return Error{ErrorCode::refused,
               "the front matter's form is too unusual to set \"" + std::string{name} + "\" in place", "",
               "set the field by hand"};
}

}  // namespace

Result<std::string> set_scalar(std::string_view page, std::string_view name, std::string_view value,
                               ScalarStyle style) {
  const FrontMatter front_matter = FrontMatter::parse(page);
  STUBKEEPER_TRY(refuse_forbidden(name, front_matter));
  STUBKEEPER_ASSIGN(std::string changed, with_scalar(page, front_matter, name, value, style));
  STUBKEEPER_TRY(reads_back(page, changed, name, value));
  return changed;
}

Result<std::string> append_to_list(std::string_view page, std::string_view name, std::string_view value) {
  const FrontMatter front_matter = FrontMatter::parse(page);
  STUBKEEPER_TRY(refuse_forbidden(name, front_matter));
  const std::vector<std::string> present = front_matter.list(name);
  if (std::find(present.begin(), present.end(), value) != present.end()) return std::string{page};
  STUBKEEPER_ASSIGN(std::string changed, with_item(page, front_matter, name, value));
  STUBKEEPER_TRY(reads_back(page, changed, name, value));
  return changed;
}

bool is_forbidden_field(std::string_view name) {
  // Hugo's predefined fields that move, hide, retype or re-render a page, or reach other pages.
  static constexpr std::array names = std::to_array<std::string_view>(
      {"_build",   "aliases", "build",      "cascade",     "categories",    "draft",   "expirydate",
       "headless", "ishtml",  "layout",     "markup",      "menu",          "menus",   "outputs",
       "params",   "path",    "permalink",  "publishdate", "resources",     "sitemap", "slug",
       "tags",     "target",  "taxonomies", "type",        "unpublishdate", "url"});
  const std::string folded = ascii_lower(name);
  return std::find(names.begin(), names.end(), folded) != names.end() ||
         folded.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") != std::string::npos;
}

}  // namespace stubkeeper::entries
