#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entries/markdown/links.h"

namespace stubkeeper::entries {

// A block's text with everything that is not the section's own words replaced by spaces, byte for byte, so
// that offsets stay: code spans, addresses, the titles of outside links, shortcodes, raw HTML and its
// comments, and what stands in quotation marks (“...”, "...", «...»). Line ends stay.
std::string mask_non_prose(std::string_view text);
// The same where the text's links are known.
std::string mask_non_prose(std::string_view text, const std::vector<Link>& links);

}  // namespace stubkeeper::entries
