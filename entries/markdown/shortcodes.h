#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "entries/markdown/lines.h"

namespace stubkeeper::entries {

// Lines [first, last] that are one Hugo shortcode: a line that is a single tag ({{< name ... >}} or {{% name
// ... %}}), or, where a later line closes it ({{< /name >}}), everything from the one to the other. Escaped
// tags ({{</* ... */>}}) are text. A tag that would begin a region within a fenced code block stays part of
// it; one that closes a region does so wherever it stands, as in Hugo, which reads shortcodes before
// Markdown.
struct ShortcodeRegion {
  std::size_t first = 0;
  std::size_t last = 0;
  std::string name;
};
std::vector<ShortcodeRegion> find_shortcodes(std::string_view text, const std::vector<Line>& lines);

}  // namespace stubkeeper::entries
