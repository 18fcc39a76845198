#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper {

// A path for a URI reference: all but RFC 3986's unreserved characters and '/' as %XX, so that it needs no
// brackets in Markdown and has no scheme.
std::string percent_encode_path(std::string_view path);

// A text for one component of a URI: all but letters, digits, '.', '_' and '~' as %XX. RFC 3986 leaves '-'
// plain, text directives do not.
std::string percent_encode_component(std::string_view text);

// Each %XX as its byte; a '%' without two hexadecimal digits after it is kept.
std::string percent_decode(std::string_view text);

// The bytes of Base64 (RFC 4648 §4) with white space anywhere, or nothing for other text.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace stubkeeper
