#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entries/markdown/links.h"

namespace stubkeeper::entries {

// A block's text with spaces, byte for byte, for all but the section's own words: code spans, addresses, titles
// of outside links, shortcodes, raw HTML and comments, and quotations (“...”, "...", «...»). Line ends stay.
std::string mask_non_prose(std::string_view text);
// The same with the text's links.
std::string mask_non_prose(std::string_view text, const std::vector<Link>& links);

}  // namespace stubkeeper::entries
