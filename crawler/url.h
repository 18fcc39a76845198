#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// A parsed absolute http or https address (RFC 3986), normalized: scheme and host in lower case, no
// default port, no dot segments, no fragment.
struct Url {
  std::string scheme;
  std::string host;  // with brackets for an IPv6 address
  std::string port;  // "80" or "443" where the address has none
  std::string path;  // with the query
  bool has_userinfo = false;

  std::string origin() const;  // "https://example.org" or "https://example.org:8443"
  std::string text() const;    // without user-info
  // Without a scheme: "example.org", or "example.org:8443" for another port than 80 and 443.
  std::string host_and_port() const;
};

// Nothing for other texts.
std::optional<Url> parse_url(std::string_view address);

// A reference on a page, made absolute; "" where the result is no http or https address.
std::string resolve(std::string_view base, std::string_view reference);

// An address without user-info, for messages and logs; other texts as they are.
std::string strip_userinfo(std::string_view address);

}  // namespace stubkeeper::crawler
