#pragma once

#include <string>
#include <string_view>

namespace stubkeeper {

// A path as it stands in a URI reference: everything but RFC 3986's unreserved characters and '/' as %XX, so
// that it needs no brackets in Markdown and has no scheme.
std::string percent_encode_path(std::string_view path);

// A text as it stands within one component of a URI: everything but letters, digits, '.', '_' and '~' as %XX;
// '-' too, which RFC 3986 leaves plain and text directives do not.
std::string percent_encode_component(std::string_view text);

// Every %XX as its byte; a '%' without two hexadecimal digits behind it stays.
std::string percent_decode(std::string_view text);

}  // namespace stubkeeper
