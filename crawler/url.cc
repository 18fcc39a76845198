#include "crawler/url.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

#include "base/text/ascii.h"

namespace stubkeeper::crawler {
namespace {

struct Cleanup {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Handle = std::unique_ptr<CURLU, Cleanup>;

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return "";
  std::string result = text;
  curl_free(text);
  return result;
}

std::optional<Url> to_url(CURLU* handle) {
  Url url;
  url.scheme = ascii_lower(part(handle, CURLUPART_SCHEME));
  url.host = ascii_lower(part(handle, CURLUPART_HOST));
  if ((url.scheme != "http" && url.scheme != "https") || url.host.empty()) return std::nullopt;
  url.port = part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  url.path = part(handle, CURLUPART_PATH);
  if (const std::string query = part(handle, CURLUPART_QUERY); !query.empty()) url.path += "?" + query;
  url.has_userinfo = !part(handle, CURLUPART_USER).empty() || !part(handle, CURLUPART_PASSWORD).empty();
  return url;
}

constexpr std::size_t max_address_bytes = 8000;

}  // namespace

std::string Url::origin() const {
  const bool default_port = (scheme == "http" && port == "80") || (scheme == "https" && port == "443");
  return scheme + "://" + host + (default_port ? "" : ":" + port);
}

std::string Url::host_and_port() const {
  return port == "80" || port == "443" ? host : host + ":" + port;
}

std::string Url::text() const {
  return origin() + path;
}

std::optional<Url> parse_url(std::string_view address) {
  if (address.size() > max_address_bytes) return std::nullopt;
  const Handle handle{curl_url()};
  const std::string text{address};
  if (curl_url_set(handle.get(), CURLUPART_URL, text.c_str(), CURLU_URLENCODE) != CURLUE_OK)
    return std::nullopt;
  return to_url(handle.get());
}

std::string resolve(std::string_view base, std::string_view reference) {
  if (reference.size() > max_address_bytes || base.size() > max_address_bytes) return "";
  const Handle handle{curl_url()};
  const std::string base_text{base};
  const std::string reference_text{reference};
  if (!base_text.empty() &&
      curl_url_set(handle.get(), CURLUPART_URL, base_text.c_str(), CURLU_URLENCODE) != CURLUE_OK)
    return "";
  if (curl_url_set(handle.get(), CURLUPART_URL, reference_text.c_str(), CURLU_URLENCODE) != CURLUE_OK)
    return "";
  const auto url = to_url(handle.get());
  if (!url || url->has_userinfo) return "";
  const std::string fragment = part(handle.get(), CURLUPART_FRAGMENT);
  return url->text() + (fragment.empty() ? "" : "#" + fragment);
}

std::string strip_userinfo(std::string_view address) {
  const std::size_t scheme = address.find("://");
  // A reference may leave the scheme out (RFC 3986 §4.2).
  const bool has_authority = scheme != std::string_view::npos || address.starts_with("//");
  if (!has_authority) return std::string{address};
  const std::size_t begin = address.starts_with("//") ? 2 : scheme + 3;
  const std::size_t end = std::min(address.find_first_of("/?#", begin), address.size());
  const std::size_t at = address.substr(begin, end - begin).rfind('@');
  if (at == std::string_view::npos) return std::string{address};
  return std::string{address.substr(0, begin)} + std::string{address.substr(begin + at + 1)};
}

}  // namespace stubkeeper::crawler
