#include "base/text/url.h"

#include "base/text/ascii.h"

namespace stubkeeper {
namespace {

// Where the authority of an address begins, or 0.
std::size_t authority_begin(std::string_view address) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (starts_with_ignoring_case(address, scheme)) return scheme.size();
  }
  return 0;
}

}  // namespace

std::string url_host(std::string_view address) {
  const std::size_t begin = authority_begin(address);
  if (begin == 0) return "";
  std::string_view host = address.substr(begin);
  host = host.substr(0, host.find_first_of("/?#\\"));
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  // An IPv6 address has colons of its own.
  host = host.starts_with('[') ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find(':'));
  while (host.ends_with('.')) host.remove_suffix(1);
  return ascii_lower(host);
}

std::string_view strip_www(std::string_view host) {
  return starts_with_ignoring_case(host, "www.") ? host.substr(4) : host;
}

std::string url_host_without_www(std::string_view address) {
  return std::string{strip_www(url_host(address))};
}

std::string_view url_path_and_rest(std::string_view address) {
  const std::size_t begin = address.find_first_of("/?#", authority_begin(address));
  return begin == std::string_view::npos ? std::string_view{} : address.substr(begin);
}

bool is_same_or_subdomain(std::string_view host, std::string_view domain) {
  return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                            host[host.size() - domain.size() - 1] == '.');
}

}  // namespace stubkeeper
