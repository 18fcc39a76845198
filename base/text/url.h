#pragma once

#include <string>
#include <string_view>

namespace stubkeeper {

// Parts of http and https addresses (RFC 3986), as they are written; crawler/url.h parses and resolves them.

// The authority's host in lower case, without user, port and final dots; IPv6 in its brackets.
// "" where the address has another scheme or none.
std::string url_host(std::string_view address);

// A host, and the host of an address, without "www.".
std::string_view strip_www(std::string_view host);
std::string url_host_without_www(std::string_view address);

// The address behind its authority, from its '/', '?' or '#' on; an address without a scheme as a whole.
std::string_view url_path_and_rest(std::string_view address);

// Whether a host is the domain itself or below it.
bool is_same_or_subdomain(std::string_view host, std::string_view domain);

}  // namespace stubkeeper
