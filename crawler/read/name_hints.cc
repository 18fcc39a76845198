#include "crawler/read/name_hints.h"

#include <algorithm>
#include <array>

#include "schema/base/ascii.h"

namespace stubkeeper::crawler {
namespace {

using Word = std::string_view;

constexpr std::array boilerplate_words{Word{"nav"},
                                       Word{"navbar"},
                                       Word{"navigation"},
                                       Word{"menu"},
                                       Word{"submenu"},
                                       Word{"megamenu"},
                                       Word{"breadcrumb"},
                                       Word{"breadcrumbs"},
                                       Word{"crumbs"},
                                       Word{"footer"},
                                       Word{"colophon"},
                                       Word{"sidebar"},
                                       Word{"sidenav"},
                                       Word{"cookie"},
                                       Word{"cookies"},
                                       Word{"consent"},
                                       Word{"gdpr"},
                                       Word{"onetrust"},
                                       Word{"modal"},
                                       Word{"popup"},
                                       Word{"lightbox"},
                                       Word{"overlay"},
                                       Word{"newsletter"},
                                       Word{"subscribe"},
                                       Word{"subscription"},
                                       Word{"signup"},
                                       Word{"signin"},
                                       Word{"login"},
                                       Word{"share"},
                                       Word{"sharing"},
                                       Word{"sharer"},
                                       Word{"social"},
                                       Word{"socials"},
                                       Word{"related"},
                                       Word{"recommend"},
                                       Word{"recommended"},
                                       Word{"recommendations"},
                                       Word{"promo"},
                                       Word{"promotion"},
                                       Word{"advert"},
                                       Word{"advertisement"},
                                       Word{"ad"},
                                       Word{"ads"},
                                       Word{"sponsor"},
                                       Word{"sponsored"},
                                       Word{"pagination"},
                                       Word{"pager"},
                                       Word{"toolbar"},
                                       Word{"skip"},
                                       Word{"disqus"},
                                       Word{"masthead"},
                                       Word{"dropdown"},
                                       Word{"offcanvas"},
                                       Word{"drawer"},
                                       Word{"outbrain"},
                                       Word{"taboola"},
                                       Word{"trending"},
                                       Word{"paywall"},
                                       Word{"donate"},
                                       Word{"feedback"},
                                       Word{"testimonial"},
                                       Word{"testimonials"},
                                       Word{"reviews"},
                                       Word{"currency"},
                                       Word{"currencies"},
                                       Word{"upsell"},
                                       Word{"crosssell"},
                                       Word{"wishlist"},
                                       Word{"minicart"},
                                       Word{"cart"},
                                       Word{"announcement"},
                                       Word{"sku"}};

constexpr std::array content_words{Word{"content"}, Word{"article"}, Word{"post"},     Word{"entry"},
                                   Word{"main"},    Word{"body"},    Word{"story"},    Word{"text"},
                                   Word{"page"},    Word{"prose"},   Word{"markdown"}, Word{"hentry"}};

constexpr std::size_t most_bytes_of_names = 500;

}  // namespace

std::vector<std::string> words_of_name(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  char before = ' ';
  for (const char c : name.substr(0, most_bytes_of_names)) {
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

NameHint hint_of_names(std::string_view class_names, std::string_view id) {
  NameHint hint = NameHint::none;
  for (const std::string_view names : {class_names, id}) {
    for (const std::string& word : words_of_name(names)) {
      if (std::find(boilerplate_words.begin(), boilerplate_words.end(), word) != boilerplate_words.end()) {
        return NameHint::boilerplate;
      }
      if (std::find(content_words.begin(), content_words.end(), word) != content_words.end())
        hint = NameHint::content;
    }
  }
  return hint;
}

}  // namespace stubkeeper::crawler
