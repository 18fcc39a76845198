#include "crawler/front_page.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/url.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

// "en", "de-CH", "pt_br".
bool is_language_tag(std::string_view name) {
  const auto letters = [](std::string_view part) {
    return part.size() == 2 && std::all_of(part.begin(), part.end(), is_ascii_letter);
  };
  if (name.size() == 2) return letters(name);
  return name.size() == 5 && (name[2] == '-' || name[2] == '_') && letters(name.substr(0, 2)) &&
         letters(name.substr(3));
}

bool is_front_page(const Url& url) {
  std::string_view name = url.path;
  while (!name.empty() && name.front() == '/') name.remove_prefix(1);
  while (!name.empty() && name.back() == '/') name.remove_suffix(1);
  if (name.empty() || is_language_tag(name)) return true;
  if (name.find_first_of("/?") != std::string_view::npos) return false;
  const std::string_view stem = name.substr(0, name.find('.'));
  return equals_ignoring_case(stem, "index") || equals_ignoring_case(stem, "default") ||
         equals_ignoring_case(stem, "home");
}

}  // namespace

bool redirects_to_front_page(std::string_view address, std::string_view final_address) {
  const auto requested_url = parse_url(address);
  const auto final_url = parse_url(final_address);
  if (!requested_url || !final_url || is_front_page(*requested_url) || !is_front_page(*final_url))
    return false;
  const std::string_view host = strip_www(requested_url->host);
  const std::string_view site = strip_www(final_url->host);
  return is_same_or_subdomain(host, site);
}

}  // namespace stubkeeper::crawler
