#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::entries {

// Outside text (a page's sentence, a feed's title, a model's answer) as Markdown that shows the same
// characters and does nothing: shortcode delimiters, raw HTML, link, image, autolink and emphasis syntax,
// block syntax at a line's start, reference definitions and control characters are escaped; line breaks
// become spaces; ill-formed UTF-8 becomes U+FFFD. (DESIGN.md, invariant 6.)
std::string escape_markdown(std::string_view text);

// Whether an address may stand in a link: http or https with a host, no user-info, no control or white-space
// character.
bool is_safe_link(std::string_view address);

// "[title](address)" with both made safe; only the title where the address is not safe.
std::string make_markdown_link(std::string_view title, std::string_view address);

}  // namespace stubkeeper::entries
