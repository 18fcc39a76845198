#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::entries {

// A block's text with everything that is not the section's own words replaced by spaces, byte for byte, so
// that offsets stay: code spans, addresses, the titles of outside links, shortcodes, raw HTML and its
// comments, and what stands in quotation marks (“...”, "...", «...»). Line ends stay.
std::string prose_of(std::string_view text);

}  // namespace stubkeeper::entries
