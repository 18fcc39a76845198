#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// An absolute http or https address in its parts (RFC 3986), normalized: scheme and host in lower case, the
// default port left out, dots removed from the path, no fragment.
struct Url {
  std::string scheme;
  std::string host;  // with brackets for an IPv6 address
  std::string port;  // always there: "80" or "443" where none is named
  std::string path;  // with the query
  bool has_userinfo = false;

  std::string origin() const;  // "https://example.org" or "https://example.org:8443"
  std::string text() const;    // without user-info
  // Who answers there, over http or https: "example.org", or "example.org:8443" for a port of its own.
  std::string host_and_port() const;
};

// Nothing for what is not an absolute http or https address.
std::optional<Url> parse_url(std::string_view address);

// A reference on a page, made absolute. "" where it cannot be, or where the result is neither http nor https.
std::string resolve(std::string_view base, std::string_view reference);

// An address without user-info, for messages and logs; other texts as they are.
std::string strip_userinfo(std::string_view address);

}  // namespace stubkeeper::crawler
