#include "crawler/http/proxy.h"

#include <cstdlib>
#include <string_view>

namespace stubkeeper::crawler {
namespace {

std::string environment_variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string first_set_variable(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (std::string value = environment_variable(name); !value.empty()) return value;
  }
  return "";
}

// Whether no_proxy names the host: itself, or a domain that it is under.
bool bypasses_proxy(std::string_view host, std::string_view no_proxy) {
  while (!no_proxy.empty()) {
    const std::size_t end = no_proxy.find_first_of(", ");
    std::string_view name = no_proxy.substr(0, end);
    no_proxy = end == std::string_view::npos ? std::string_view{} : no_proxy.substr(end + 1);
    if (name == "*") return true;
    if (name.starts_with('.')) name.remove_prefix(1);
    if (name.empty()) continue;
    if (host == name || (host.ends_with(name) && host[host.size() - name.size() - 1] == '.')) return true;
  }
  return false;
}

}  // namespace

std::string proxy_for(const Url& url) {
  if (bypasses_proxy(url.host, first_set_variable({"no_proxy", "NO_PROXY"}))) return "";
  // HTTP_PROXY in capitals is not read: a CGI program's client can set it (httpoxy, CVE-2016-5385).
  const std::string scheme_proxy = url.scheme == "https" ? first_set_variable({"https_proxy", "HTTPS_PROXY"})
                                                         : first_set_variable({"http_proxy"});
  return scheme_proxy.empty() ? first_set_variable({"all_proxy", "ALL_PROXY"}) : scheme_proxy;
}

}  // namespace stubkeeper::crawler
