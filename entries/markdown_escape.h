#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::entries {

// Outside text as Markdown that shows the same characters and does nothing: invariant 6
// (docs/architecture.md). Escapes shortcode delimiters, raw HTML, link, image, autolink and emphasis syntax,
// block syntax at a line's start and reference definitions. Control characters go, line breaks become spaces,
// ill-formed UTF-8 becomes U+FFFD.
std::string escape_markdown(std::string_view text);

// Whether an address may be in a link: http or https with a host, no user-info, no control or white-space
// character.
bool is_safe_link(std::string_view address);

// "[title](address)" with both made safe; the title alone where the address is not safe.
std::string make_markdown_link(std::string_view title, std::string_view address);

}  // namespace stubkeeper::entries
