#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// Paths and patterns of robots.txt, normalized so that they can be compared byte by byte (RFC 9309
// §2.2.2, §2.2.3). Percent-encoded octets that need no encoding in their place (unreserved ones;
// reserved ones that delimit nothing there, such as ':' in a path or '/' in a query) are decoded;
// all others that a URI cannot contain are encoded in upper case. So "/caf%c3%a9" is "/café",
// "/%7Ejoe" is "/~joe", "?u=https%3A%2F%2Fa" is "?u=https://a", but "/a%2Fb" is not "/a/b".

// The path and query of an address, or of a path ("/a?b"), without a fragment; "/" where there is
// none.
std::string normalize_path(std::string_view address);

// '*' anywhere and '$' at the end keep their meaning; "%2A" and "%24" are those characters.
std::string normalize_pattern(std::string_view pattern);

// Whether a normalized pattern matches the beginning of a normalized path, or with a final '$' all
// of it. Takes at most pattern × path steps.
bool pattern_matches(std::string_view pattern, std::string_view path);

}  // namespace stubkeeper::crawler
