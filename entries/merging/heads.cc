#include "entries/merging/heads.h"

#include <algorithm>
#include <set>

#include "entries/front_matter_formats/format.h"
#include "entries/markdown/lines.h"
#include "entries/merging/fields.h"

namespace stubkeeper::entries {
namespace {

bool has_front_matter(const Document& page) {
  return page.front_matter().kind() != FrontMatterKind::none && page.front_matter().end() > 0;
}

bool is_delimiter(std::string_view line) {
  return trim(line) == "---" || trim(line) == "+++";
}

// The length of what was front matter before it lost a delimiter: the lines at the page's beginning that are
// the base's or look like fields, if any is the base's.
std::size_t length_of_remains(std::string_view page, const Document& base) {
  if (!has_front_matter(base)) return 0;
  const std::string_view head = base.print();
  std::set<std::string_view> known;
  for (const std::string_view line : split_line_texts(head.substr(0, base.front_matter().end())))
    known.insert(trim(line));
  std::size_t length = 0;
  bool is_from_base = false;
  for (const std::string_view line : split_line_texts(page)) {
    const std::string_view words = trim(line);
    if (words.empty()) break;
    const bool is_known = known.contains(words);
    const bool is_field =
        !parse_yaml_field_name(line).name.empty() || !parse_toml_field(line, 0).name.empty();
    if (!is_known && !is_field && !is_delimiter(line)) break;
    is_from_base = is_from_base || (is_known && !is_delimiter(line));
    length += line.size();
  }
  return is_from_base ? length : 0;
}

// A piece that one side alone changed; theirs where both did.
std::string_view choose(std::string_view base, std::string_view ours, std::string_view theirs) {
  return equal_lines(base, theirs) && !equal_lines(base, ours) ? ours : theirs;
}

}  // namespace

PageHead split_head(const Document& page, const Document& base) {
  PageHead head;
  const std::string_view bytes = page.print();
  if (!has_front_matter(page)) {
    head.text = bytes.substr(0, length_of_remains(bytes, base));
    return head;
  }
  head.kind = page.front_matter().kind();
  head.text = bytes.substr(0, page.front_matter().end());
  if (head.kind == FrontMatterKind::json) {
    head.fields = head.text;
    return head;
  }
  const auto lines = split_lines(head.text);
  head.opening = head.text.substr(0, lines.front().end);
  head.closing = head.text.substr(lines.back().begin);
  head.fields = head.text.substr(lines.front().end, lines.back().begin - lines.front().end);
  return head;
}

std::string merge_heads(const PageHead& base, const PageHead& ours, const PageHead& theirs,
                        const ConflictResolver& resolver) {
  const bool is_new = base.text.empty();
  if (ours.kind == theirs.kind && ours.kind != FrontMatterKind::none && (is_new || base.kind == ours.kind)) {
    const auto opening = is_new ? theirs.opening : choose(base.opening, ours.opening, theirs.opening);
    const auto closing = is_new ? theirs.closing : choose(base.closing, ours.closing, theirs.closing);
    return std::string{opening} + merge_fields(ours.kind, base.fields, ours.fields, theirs.fields, resolver) +
           std::string{closing};
  }
  if (equal_lines(ours.text, theirs.text) || equal_lines(base.text, ours.text))
    return std::string{theirs.text};
  if (equal_lines(base.text, theirs.text)) return std::string{ours.text};
  return resolver.resolve(
      {"front matter", std::string{base.text}, std::string{ours.text}, std::string{theirs.text}});
}

bool is_readable(const FrontMatter& front_matter) {
  return front_matter.parse_error().empty();
}

}  // namespace stubkeeper::entries
