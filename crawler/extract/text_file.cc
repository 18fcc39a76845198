#include <algorithm>
#include <filesystem>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "crawler/content.h"
#include "crawler/html/charset.h"
#include "crawler/html/fold_text.h"
#include "crawler/passages.h"
#include "crawler/text_body.h"

namespace stubkeeper::crawler {
namespace {

// The value of `key` in a line of YAML or TOML front matter ("title: X", "title = \"X\""); "" for
// other lines.
std::string front_matter_value(std::string_view line, std::string_view key) {
  line = trim_ascii(line);
  if (!starts_with_ignoring_case(line, key)) return "";
  line = trim_ascii(line.substr(key.size()));
  if (line.empty() || (line.front() != ':' && line.front() != '=')) return "";
  line = trim_ascii(line.substr(1));
  if (line.size() >= 2 && (line.front() == '"' || line.front() == '\'') && line.back() == line.front()) {
    line = line.substr(1, line.size() - 2);
  }
  return fold_white_space(line);
}

// Removes front matter from the beginning and reads its fields.
std::string_view strip_front_matter(std::string_view text, Content& content) {
  const std::string_view fence = text.substr(0, 3);
  if (fence != "---" && fence != "+++") return text;
  std::size_t line_begin = text.find('\n');
  while (line_begin != std::string_view::npos && line_begin + 1 < text.size()) {
    const std::size_t line_end = std::min(text.find('\n', line_begin + 1), text.size());
    const std::string_view line = text.substr(line_begin + 1, line_end - line_begin - 1);
    if (trim_ascii(line) == fence) return text.substr(std::min(line_end + 1, text.size()));
    if (content.title.empty()) content.title = front_matter_value(line, "title");
    if (content.author.empty()) content.author = front_matter_value(line, "author");
    if (content.published.empty()) content.published = parse_date(front_matter_value(line, "date"));
    if (content.modified.empty()) content.modified = parse_date(front_matter_value(line, "lastmod"));
    line_begin = line_end < text.size() ? line_end : std::string_view::npos;
  }
  content = {};
  return text;  // no closing fence: a thematic break
}

std::string normalize_line_endings(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      if (i + 1 >= text.size() || text[i + 1] != '\n') out += '\n';
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

Result<Content> parse_text_file(std::string_view bytes, std::string_view name) {
  if (is_gzip(bytes)) {
    STUBKEEPER_ASSIGN(const std::string unpacked, gunzip(bytes));
    return parse_text_file(unpacked, name);
  }
  const std::string text = normalize_line_endings(to_utf8(bytes, "", CharsetDeclaration::none));
  STUBKEEPER_TRY(check_is_text(text));
  Content content;
  const std::string_view body = strip_front_matter(text, content);
  for (const TextRange& range : split_passages(body)) {
    const std::string_view block = body.substr(range.begin, range.end - range.begin);
    if (!content.text.empty()) content.text += "\n\n";
    content.text += block;
    if (content.title.empty() && block.starts_with("# ")) {
      content.title = fold_white_space(block.substr(2, block.find('\n') - 2));
    }
  }
  if (content.title.empty()) content.title = std::filesystem::path{name}.stem().string();
  return content;
}

}  // namespace stubkeeper::crawler
