#include "crawler/extract/name_hints.h"

#include <algorithm>
#include <initializer_list>
#include <unordered_map>
#include <unordered_set>

#include "base/text/ascii.h"
#include "base/text/strings.h"

namespace stubkeeper::crawler {
namespace {

using Hints = std::unordered_map<std::string_view, NameHint>;

Hints make_hint_table() {
  Hints hints;
  const auto add = [&](NameHint hint, std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) hints.emplace(word, hint);
  };
  add(NameHint::content, {"content", "article", "post", "entry", "main", "body", "story", "text", "page",
                          "prose", "markdown", "hentry"});
  add(NameHint::panel, {"accordion", "collapse", "collapsible", "tab", "tabs", "panel", "tabpanel", "faq",
                        "toggle", "answer", "expandable", "expander", "disclosure", "details"});
  add(NameHint::frame,
      {"nav",       "navbar",    "navigation",   "menu",       "dropdown",  "drawer",       "overlay",
       "offcanvas", "subscribe", "subscription", "share",      "sku",       "ad",           "ads",
       "skip",      "feedback",  "currency",     "promo",      "promotion", "announcement", "masthead",
       "social",    "sidebar",   "toolbar",      "cart",       "donate",    "recommended",  "sponsored",
       "filters",   "facet",     "facets",       "refinements"});
  add(NameHint::boilerplate,
      {"submenu",   "megamenu",        "breadcrumb", "breadcrumbs",   "crumbs",     "footer",
       "colophon",  "sidenav",         "cookie",     "cookies",       "consent",    "gdpr",
       "onetrust",  "modal",           "popup",      "lightbox",      "newsletter", "signup",
       "signin",    "login",           "sharing",    "sharer",        "socials",    "related",
       "recommend", "recommendations", "advert",     "advertisement", "sponsor",    "pagination",
       "pager",     "outbrain",        "taboola",    "trending",      "paywall",    "currencies",
       "upsell",    "crosssell",       "wishlist",   "minicart"});
  add(NameHint::comments, {"comments", "commentlist", "disqus", "respond", "trackbacks"});
  add(NameHint::reviews, {"testimonial", "testimonials", "reviews"});
  add(NameHint::author_box, {"authorbox", "authorbio"});
  add(NameHint::poster, {"avatar", "signature", "usertitle", "userextras", "reactions", "reputation"});
  return hints;
}

bool is_state_word(std::string_view word) {
  static const std::unordered_set<std::string_view> words{"has",  "no",     "with",    "without",  "is",
                                                          "open", "closed", "off",     "on",       "count",
                                                          "hide", "show",   "enabled", "disabled", "not"};
  return words.contains(word);
}

constexpr std::size_t max_names_bytes = 500;

NameHint classify_name(std::string_view name) {
  static const Hints hints = make_hint_table();
  NameHint found = NameHint::none;
  bool author = false;
  bool box = false;
  bool user = false;
  bool extras = false;
  for (const std::string& word : split_name_words(name)) {
    if (is_state_word(word)) return NameHint::none;
    if (const auto hint = hints.find(word); hint != hints.end()) found = std::max(found, hint->second);
    author = author || word == "author";
    box = box || word == "bio" || word == "box" || word == "profile" || word == "about" || word == "card" ||
          word == "description";
    user = user || word == "user" || word == "poster" || word == "member";
    extras = extras || word == "extras" || word == "title" || word == "rank" || word == "stats" ||
             word == "badge" || word == "badges";
  }
  if (author && box) found = std::max(found, NameHint::author_box);
  if (user && extras) found = std::max(found, NameHint::poster);
  return found;
}

}  // namespace

std::vector<std::string> split_name_words(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  char before = ' ';
  for (const char c : name.substr(0, max_names_bytes)) {
    if (!is_ascii_letter(c)) {
      finish();
    } else {
      if (is_ascii_upper(c) && !is_ascii_upper(before)) finish();
      word += to_ascii_lower(c);
    }
    before = c;
  }
  finish();
  return words;
}

NameHint classify_names(std::string_view class_names, std::string_view id) {
  NameHint hint = id.empty() ? NameHint::none : classify_name(id);
  for (const std::string_view name : split_nonempty(class_names.substr(0, max_names_bytes)))
    hint = std::max(hint, classify_name(name));
  return hint;
}

bool has_name_word(const PageTree& page, PageTree::Index node, std::initializer_list<const char*> attributes,
                   std::initializer_list<std::string_view> words) {
  for (const char* attribute : attributes) {
    for (const std::string& word : split_name_words(page.attribute(node, attribute))) {
      if (contains(words, word)) return true;
    }
  }
  return false;
}

}  // namespace stubkeeper::crawler
