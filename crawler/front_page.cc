#include "crawler/front_page.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

// "en", "de-CH", "pt_br".
bool is_language(std::string_view name) {
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
  if (name.empty() || is_language(name)) return true;
  if (name.find_first_of("/?") != std::string_view::npos) return false;
  const std::string_view stem = name.substr(0, name.find('.'));
  return equals_ignoring_case(stem, "index") || equals_ignoring_case(stem, "default") ||
         equals_ignoring_case(stem, "home");
}

std::string_view without_www(std::string_view host) {
  return host.starts_with("www.") ? host.substr(4) : host;
}

bool is_part_of(std::string_view host, std::string_view site) {
  return host.size() > site.size() && host.ends_with(site) && host[host.size() - site.size() - 1] == '.';
}

}  // namespace

bool ends_at_front_page(std::string_view address, std::string_view final_address) {
  const auto asked = parse_url(address);
  const auto reached = parse_url(final_address);
  if (!asked || !reached || is_front_page(*asked) || !is_front_page(*reached)) return false;
  const std::string_view host = without_www(asked->host);
  const std::string_view site = without_www(reached->host);
  return host == site || is_part_of(host, site);
}

}  // namespace stubkeeper::crawler
