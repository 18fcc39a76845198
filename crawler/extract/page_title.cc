#include "crawler/extract/page_title.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "base/text/ascii.h"
#include "base/text/url.h"
#include "crawler/extract/name_hints.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

constexpr std::size_t max_heading_bytes = 250;
constexpr std::size_t max_headings = 50;

// The letters and digits alone: a site writes its name in one way and its host in another.
std::string keep_alphanumeric(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (is_word_byte(c)) letters += to_ascii_lower(c);
  }
  return letters;
}

bool is_site_name(std::string_view text, const std::string& site_name, const std::string& host) {
  const std::string letters = keep_alphanumeric(text);
  constexpr std::size_t min_letters = 3;
  if (letters.size() < min_letters) return false;
  return letters == keep_alphanumeric(site_name) || host.find(letters) != std::string::npos;
}

// "Corintis raises $24m | TechCrunch" is "Corintis raises $24m" where the site or its host is
// called so.
std::string strip_site_name(std::string title, const std::string& site_name, const std::string& host) {
  for (const std::string_view separator : {" | ", " - ", " – ", " — ", " · ", " :: ", " • ", " » "}) {
    const std::size_t at = title.rfind(separator);
    if (at == std::string::npos || at == 0) continue;
    if (is_site_name(std::string_view{title}.substr(at + separator.size()), site_name, host))
      return title.substr(0, at);
  }
  return title;
}

// Documentation puts the sign of a link after its headings.
std::string strip_permalink_sign(std::string heading) {
  for (const std::string_view sign : {"¶", "#", "🔗", "§"}) {
    if (heading.ends_with(sign)) heading.erase(heading.size() - sign.size());
  }
  return std::string{trim_ascii(heading)};
}

std::vector<std::string> find_headings(const PageView& view) {
  std::vector<std::string> headings;
  for (Index i = view.page.find(GUMBO_TAG_H1); i < view.page.size() && headings.size() < max_headings;
       i = view.page.find(GUMBO_TAG_H1, i + 1)) {
    std::string text = strip_permalink_sign(view.page.text(i));
    if (!text.empty() && text.size() <= max_heading_bytes) headings.push_back(std::move(text));
  }
  return headings;
}

}  // namespace

std::string choose_title(const PageView& view, const std::string& metadata_title,
                         const std::string& head_title, const std::string& site_name) {
  constexpr double min_word_share = 0.34;
  const std::string host = keep_alphanumeric(url_host(view.address));
  const std::vector<std::string> headings = find_headings(view);
  std::unordered_set<std::string> title_words;
  for (const std::string* text : {&metadata_title, &head_title}) {
    for (std::string& word : split_name_words(*text)) title_words.insert(std::move(word));
  }
  const std::string* best = nullptr;
  double best_share = 0;
  for (const std::string& heading : headings) {
    const std::vector<std::string> words = split_name_words(heading);
    if (words.empty() || is_site_name(heading, site_name, host)) continue;
    const auto known = std::count_if(words.begin(), words.end(),
                                     [&](const std::string& word) { return title_words.contains(word); });
    const double share = static_cast<double>(known) / static_cast<double>(words.size());
    if (share <= best_share) continue;
    best = &heading;
    best_share = share;
  }
  if (best != nullptr && best_share >= min_word_share) return *best;
  if (metadata_title.empty() && headings.size() == 1) return headings.front();
  const std::string& title = metadata_title.empty() ? head_title : metadata_title;
  if (title.empty()) return headings.empty() ? "" : headings.front();
  return strip_site_name(title, site_name, host);
}

}  // namespace stubkeeper::crawler
