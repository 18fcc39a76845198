#include "entries/markdown/shortcodes.h"

#include <algorithm>
#include <array>
#include <map>

namespace stubkeeper::entries {
namespace {

struct ShortcodeTag {
  std::string name;
  bool is_closing = false;
  bool is_self_closing = false;  // {{< name />}}
};

// The tag that a whole line is, or nothing.
std::optional<ShortcodeTag> parse_shortcode_tag(std::string_view line) {
  line = trim(line);
  if (line.size() < 7 || (!line.starts_with("{{<") && !line.starts_with("{{%"))) return std::nullopt;
  const std::string_view ending = line[2] == '<' ? ">}}" : "%}}";
  if (line.find(ending) != line.size() - 3) return std::nullopt;
  std::string_view inside = trim(line.substr(3, line.size() - 6));
  if (inside.starts_with("/*")) return std::nullopt;
  ShortcodeTag tag;
  if (inside.starts_with('/')) {
    tag.is_closing = true;
    inside = trim(inside.substr(1));
  } else if (inside.ends_with('/')) {
    tag.is_self_closing = true;
    inside.remove_suffix(1);
  }
  tag.name = std::string{inside.substr(0, inside.find_first_of(" \t"))};
  if (tag.name.empty()) return std::nullopt;
  return tag;
}

// Follows fenced code blocks (CommonMark §4.5) from line to line.
class FenceTracker {
 public:
  // Whether the line is inside a fenced block, or opens or closes one.
  bool consume_line(std::string_view line) {
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == std::string_view::npos) return open_;
    const char mark = line[indent];
    std::size_t length = 0;
    if (mark == '`' || mark == '~') {
      while (indent + length < line.size() && line[indent + length] == mark) ++length;
    }
    if (open_) {
      const bool is_closing =
          mark == mark_ && length >= length_ && indent <= 3 && is_blank(line.substr(indent + length));
      if (is_closing) open_ = false;
      return true;
    }
    const bool opens = length >= 3 && indent <= 3 &&
                       (mark == '~' || line.substr(indent + length).find('`') == std::string_view::npos);
    if (!opens) return false;
    open_ = true;
    mark_ = mark;
    length_ = length;
    return true;
  }

 private:
  bool open_ = false;
  char mark_ = 0;
  std::size_t length_ = 0;
};

// Shortcodes that are nothing without the text that they hold.
bool always_holds_text(std::string_view name) {
  static constexpr std::array names = std::to_array<std::string_view>({"details", "highlight", "steering"});
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::vector<ShortcodeRegion> find_shortcodes(std::string_view text, const std::vector<Line>& lines) {
  std::vector<ShortcodeRegion> regions;
  if (text.find("{{<") == std::string_view::npos && text.find("{{%") == std::string_view::npos)
    return regions;
  const auto line_text = [&](std::size_t i) {
    return strip_line_ending(text.substr(lines[i].begin, lines[i].end - lines[i].begin));
  };

  std::map<std::string, std::vector<std::size_t>, std::less<>> closings;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (const auto tag = parse_shortcode_tag(line_text(i)); tag && tag->is_closing)
      closings[tag->name].push_back(i);
  }
  FenceTracker fence;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto tag = parse_shortcode_tag(line_text(i));
    if (fence.consume_line(line_text(i)) || !tag) continue;
    ShortcodeRegion region{i, i, tag->name};
    if (!tag->is_closing && !tag->is_self_closing) {
      if (const auto known = closings.find(tag->name); known != closings.end()) {
        const auto closing = std::upper_bound(known->second.begin(), known->second.end(), i);
        if (closing != known->second.end()) region.last = *closing;
      }
    }
    i = region.last;
    regions.push_back(std::move(region));
  }
  return regions;
}

std::optional<std::size_t> find_unclosed_shortcode(std::string_view text, const std::vector<Line>& lines) {
  if (text.find("{{<") == std::string_view::npos && text.find("{{%") == std::string_view::npos)
    return std::nullopt;
  struct Openings {
    std::vector<std::size_t> lines;  // of tags that wait for their closing ones
    bool is_paired = false;
  };
  std::map<std::string, Openings, std::less<>> by_name;
  std::size_t first = lines.size();
  FenceTracker fence;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line =
        strip_line_ending(text.substr(lines[i].begin, lines[i].end - lines[i].begin));
    if (fence.consume_line(line)) continue;
    const std::string_view words = trim(line);
    const bool opens = words.starts_with("{{<") || words.starts_with("{{%");
    if (opens && text.find(words[2] == '<' ? ">}}" : "%}}", lines[i].begin) == std::string_view::npos) {
      first = std::min(first, i);
      break;
    }
    const auto tag = parse_shortcode_tag(line);
    if (!tag || tag->is_self_closing) continue;
    Openings& openings = by_name[tag->name];
    if (!tag->is_closing) {
      openings.lines.push_back(i);
      continue;
    }
    openings.is_paired = true;
    if (!openings.lines.empty()) openings.lines.pop_back();
  }
  for (const auto& [name, openings] : by_name) {
    if (!openings.lines.empty() && (openings.is_paired || always_holds_text(name)))
      first = std::min(first, openings.lines.front());
  }
  return first == lines.size() ? std::nullopt : std::optional{first};
}

}  // namespace stubkeeper::entries
