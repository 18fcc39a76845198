#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// Paths and patterns of robots.txt in the form in which RFC 9309 §2.2.2 and §2.2.3 want them compared, octet
// by octet. Percent-encoded octets that need no encoding where they stand (unreserved ones; reserved ones
// that delimit nothing there, such as ':' in a path or '/' in a query) become themselves; all others that a
// URI cannot hold as they are become percent-encoded in upper case. So "/caf%c3%a9" is "/café", "/%7Ejoe" is
// "/~joe" and
// "?u=https%3A%2F%2Fa" is "?u=https://a", but "/a%2Fb" is not "/a/b".

// The path and query of an address, or a path as it stands ("/a?b"), without a fragment; "/" where there is
// none.
std::string normalize_path(std::string_view address);

// A pattern: '*' anywhere and '$' at its end keep their meaning, "%2A" and "%24" are those characters.
std::string normalize_pattern(std::string_view pattern);

// Whether a comparable pattern matches the beginning of a comparable path, or with a final '$' all of it.
// Takes at most pattern times path steps.
bool pattern_matches(std::string_view pattern, std::string_view path);

}  // namespace stubkeeper::crawler
