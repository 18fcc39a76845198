#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

// An address for comparing sources, no address to fetch: without fragment, slashes at its end and a default
// port; scheme and host in lower case, the host as Punycode (UTS #46); bytes percent-encoded where the URL
// standard does so, and unreserved ones not (RFC 3986 §6.2.2, RFC 3987 §3.1).
std::string normalize_source_address(std::string_view address);

bool contains_address(const std::vector<std::string>& addresses, std::string_view address);

// Whether a text has an address in any spelling, and not merely a longer one that begins like it.
bool text_contains_address(std::string_view text, std::string_view address);

// The http and https addresses in a text, in order: "[title](address)", "<address>" and bare ones. Escapes and
// character references are undone.
std::vector<std::string> extract_addresses(std::string_view text);

}  // namespace stubkeeper::entries
