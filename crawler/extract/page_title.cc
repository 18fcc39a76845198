#include "crawler/extract/page_title.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "base/text/ascii.h"
#include "crawler/extract/name_hints.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

constexpr std::size_t most_bytes_of_a_heading = 250;
constexpr std::size_t most_headings = 50;

// The letters and digits alone: a site writes its name in one way and its host in another.
std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (is_ascii_letter(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0x80)
      letters += to_ascii_lower(c);
  }
  return letters;
}

std::string host_of(std::string_view address) {
  const std::size_t scheme = address.find("://");
  if (scheme == std::string_view::npos) return "";
  address.remove_prefix(scheme + 3);
  return letters_of(address.substr(0, address.find_first_of("/?#:")));
}

bool is_name_of_site(std::string_view text, const std::string& site_name, const std::string& host) {
  const std::string letters = letters_of(text);
  constexpr std::size_t least_letters = 3;
  if (letters.size() < least_letters) return false;
  return letters == letters_of(site_name) || host.find(letters) != std::string::npos;
}

// "Corintis raises $24m | TechCrunch" is "Corintis raises $24m" where the site or its host is called so.
std::string without_site_name(std::string title, const std::string& site_name, const std::string& host) {
  for (const std::string_view separator : {" | ", " - ", " – ", " — ", " · ", " :: ", " • ", " » "}) {
    const std::size_t at = title.rfind(separator);
    if (at == std::string::npos || at == 0) continue;
    if (is_name_of_site(std::string_view{title}.substr(at + separator.size()), site_name, host))
      return title.substr(0, at);
  }
  return title;
}

// Documentation puts the sign of a link to itself behind its headings.
std::string without_link_sign(std::string heading) {
  for (const std::string_view sign : {"¶", "#", "🔗", "§"}) {
    if (heading.ends_with(sign)) heading.erase(heading.size() - sign.size());
  }
  return std::string{trim_ascii(heading)};
}

std::vector<std::string> headings_of(const PageView& view) {
  std::vector<std::string> headings;
  for (Index i = view.page.find(GUMBO_TAG_H1); i < view.page.size() && headings.size() < most_headings;
       i = view.page.find(GUMBO_TAG_H1, i + 1)) {
    std::string text = without_link_sign(view.page.text(i));
    if (!text.empty() && text.size() <= most_bytes_of_a_heading) headings.push_back(std::move(text));
  }
  return headings;
}

}  // namespace

std::string title_of(const PageView& view, const std::string& said, const std::string& in_head,
                     const std::string& site_name) {
  constexpr double least_share_of_words = 0.34;
  const std::string host = host_of(view.address);
  const std::vector<std::string> headings = headings_of(view);
  std::unordered_set<std::string> said_words;
  for (const std::string* text : {&said, &in_head}) {
    for (std::string& word : words_of_name(*text)) said_words.insert(std::move(word));
  }
  const std::string* best = nullptr;
  double best_share = 0;
  for (const std::string& heading : headings) {
    const std::vector<std::string> words = words_of_name(heading);
    if (words.empty() || is_name_of_site(heading, site_name, host)) continue;
    const auto known = std::count_if(words.begin(), words.end(),
                                     [&](const std::string& word) { return said_words.contains(word); });
    const double share = static_cast<double>(known) / static_cast<double>(words.size());
    if (share <= best_share) continue;
    best = &heading;
    best_share = share;
  }
  if (best != nullptr && best_share >= least_share_of_words) return *best;
  if (said.empty() && headings.size() == 1) return headings.front();
  const std::string& title = said.empty() ? in_head : said;
  if (title.empty()) return headings.empty() ? "" : headings.front();
  return without_site_name(title, site_name, host);
}

}  // namespace stubkeeper::crawler
