#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entries/markdown/lines.h"

namespace stubkeeper::entries {

// A Hugo shortcode of whole lines [first, last]: a line that is one tag ({{< name ... >}}, {{% name ... %}}),
// and all lines to its closing tag ({{< /name >}}), if there is one. Escaped tags ({{</* ... */>}}) are text.
// No region begins in a fenced code block; a closing tag counts anywhere, as Hugo reads shortcodes before
// Markdown.
struct ShortcodeRegion {
  std::size_t first = 0;
  std::size_t last = 0;
  std::string name;
};
std::vector<ShortcodeRegion> find_shortcodes(std::string_view text, const std::vector<Line>& lines);

// The first line that opens a shortcode which has to be closed and is not: a tag that does not end, or one of a
// name that is closed elsewhere in the text or always holds text. Hugo refuses such a page.
std::optional<std::size_t> find_unclosed_shortcode(std::string_view text, const std::vector<Line>& lines);

}  // namespace stubkeeper::entries
