#include <algorithm>
#include <vector>

#include "base/text/strings.h"
#include "base/text/url.h"
#include "base/text/words.h"
#include "crawler/extract/json_ld.h"
#include "crawler/extract/page_view.h"
#include "crawler/html/fold_text.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

using Json = nlohmann::json;
using Index = PageTree::Index;

std::vector<std::string> folded_words(std::string_view text) {
  constexpr std::size_t max_title_bytes = 500;
  const std::string folded = fold_case(fold_white_space(text.substr(0, max_title_bytes)));
  std::vector<std::string> words;
  for (const Word& word : split_words(folded)) words.emplace_back(word.text);
  return words;
}

bool holds_words(const std::vector<std::string>& text, const std::vector<std::string>& words) {
  return !words.empty() && std::search(text.begin(), text.end(), words.begin(), words.end()) != text.end();
}

// Host and path of an address, by which pages are compared.
std::string page_key(std::string_view address) {
  const auto url = parse_url(address);
  if (!url) return "";
  std::string key = std::string{strip_www(url->host)} + url->path;
  while (key.ends_with('/')) key.pop_back();
  return key;
}

// How a page names itself: its titles and its addresses.
class PageIdentity {
 public:
  PageIdentity(const PageTree& page, std::string_view address) : address_(address) {
    constexpr std::size_t max_titles = 20;
    has_heading_ = page.find(GUMBO_TAG_H1) < page.size();
    for (Index i = 0; i < page.size() && titles_.size() < max_titles; ++i) {
      if (page.tag(i) == GUMBO_TAG_H1 || page.tag(i) == GUMBO_TAG_TITLE) add_title(page.text(i));
      if (page.tag(i) == GUMBO_TAG_LINK && page.attribute(i, "rel") == "canonical")
        add_address(page.attribute(i, "href"));
      if (page.tag(i) != GUMBO_TAG_META) continue;
      const std::string_view name = page.attribute(i, "property");
      if (name == "og:title") add_title(page.attribute(i, "content"));
      if (name == "og:url") add_address(page.attribute(i, "content"));
    }
    add_address(address);
  }

  // Whether an article has one of the addresses, or its headline is one of the titles: the whole, or the
  // whole but a site's name.
  bool is_certainly(const Json& article) const {
    if (has_address_in_common(article)) return true;
    const std::vector<std::string> headline = headline_of(article);
    return std::any_of(titles_.begin(), titles_.end(), [&](const std::vector<std::string>& title) {
      return title == headline || (title.size() > 1 && holds_words(headline, title)) ||
             (headline.size() > 1 && holds_words(title, headline));
    });
  }

  // Headlines are often written anew for search engines, so that most of the words are enough, and a page
  // without a heading does not say what it is. An article without a headline may be any, unless its address
  // is another page's.
  bool may_be(const Json& article) const {
    const std::vector<std::string> headline = headline_of(article);
    if (headline.empty()) return !has_address_of_other_page(article);
    if (!has_heading_) return true;
    const auto known = std::count_if(headline.begin(), headline.end(), [&](const std::string& word) {
      return std::any_of(titles_.begin(), titles_.end(),
                         [&](const std::vector<std::string>& title) { return contains(title, word); });
    });
    return 2 * static_cast<std::size_t>(known) > headline.size();
  }

 private:
  static std::vector<std::string> headline_of(const Json& article) {
    const std::string headline = text_member(article, "headline");
    return folded_words(headline.empty() ? text_member(article, "name") : headline);
  }

  void add_title(std::string_view text) {
    if (auto words = folded_words(text); !words.empty()) titles_.push_back(std::move(words));
  }
  void add_address(std::string_view address) {
    if (std::string key = resolved_key(address); !key.empty()) addresses_.push_back(std::move(key));
  }

  std::string resolved_key(std::string_view address) const {
    return address.empty() ? "" : page_key(resolve(address_, address));
  }

  std::vector<std::string> addresses_of(const Json& article) const {
    std::vector<std::string> keys;
    const auto add = [&](const std::string& address) {
      if (std::string key = resolved_key(address); !key.empty()) keys.push_back(std::move(key));
    };
    for (const char* name : {"url", "@id", "mainEntityOfPage"}) add(text_member(article, name));
    if (const auto page = article.find("mainEntityOfPage"); page != article.end() && page->is_object()) {
      for (const char* name : {"url", "@id"}) add(text_member(*page, name));
    }
    return keys;
  }

  bool has_address_in_common(const Json& article) const {
    const std::vector<std::string> keys = addresses_of(article);
    return std::any_of(keys.begin(), keys.end(),
                       [&](const std::string& key) { return contains(addresses_, key); });
  }

  // The root of a site is often named in place of the page.
  bool has_address_of_other_page(const Json& article) const {
    const std::vector<std::string> keys = addresses_of(article);
    const bool is_other = std::any_of(
        keys.begin(), keys.end(), [](const std::string& key) { return key.find('/') != std::string::npos; });
    return is_other && !addresses_.empty() && !has_address_in_common(article);
  }

  std::string_view address_;
  bool has_heading_ = false;
  std::vector<std::vector<std::string>> titles_;
  std::vector<std::string> addresses_;
};

// The subjects without the articles of other pages. Of a page whose own article is not certain, those that
// are unlike it are left out only where `is_strict`.
std::vector<const Json*> find_own_subjects(const JsonLdGraph& graph, const PageTree& page,
                                           std::string_view address, bool is_strict) {
  std::vector<const Json*> subjects = graph.subjects();
  if (subjects.empty() || !is_article(*subjects.front())) return subjects;
  const PageIdentity identity{page, address};
  const bool any_certain = std::any_of(subjects.begin(), subjects.end(), [&](const Json* node) {
    return is_article(*node) && identity.is_certainly(*node);
  });
  if (!any_certain && !is_strict) return subjects;
  std::erase_if(subjects, [&](const Json* node) {
    if (!is_article(*node)) return false;
    return any_certain ? !identity.is_certainly(*node) : !identity.may_be(*node);
  });
  return subjects;
}

bool says_false(const Json& node, const char* name) {
  const auto value = node.find(name);
  if (value != node.end() && value->is_boolean()) return !value->get<bool>();
  const std::string text = fold_case(text_member(node, name));
  return text.ends_with("false");
}

}  // namespace

bool is_marked_as_paid(const PageTree& page) {
  const JsonLdGraph graph{page};
  const auto subjects = find_own_subjects(graph, page, "", false);
  return std::any_of(subjects.begin(), subjects.end(),
                     [](const Json* node) { return says_false(*node, "isAccessibleForFree"); });
}

StructuredData parse_structured_data(const PageTree& page, std::string_view address) {
  const JsonLdGraph graph{page};
  StructuredData data;
  data.types = graph.top_level_types();
  const auto set_if_empty = [](std::string& field, std::string value) {
    if (field.empty()) field = std::move(value);
  };
  for (const Json* node : find_own_subjects(graph, page, address, true)) {
    set_if_empty(data.headline, is_article(*node) ? text_member(*node, "headline") : "");
    set_if_empty(data.author, graph.names(*node, "author"));
    set_if_empty(data.published, text_member(*node, "datePublished"));
    set_if_empty(data.modified, text_member(*node, "dateModified"));
    set_if_empty(data.language, text_member(*node, "inLanguage"));
    set_if_empty(data.publisher, graph.names(*node, "publisher"));
    if (has_type(*node, "Product") || has_type(*node, "ProductGroup"))
      set_if_empty(data.description, blocks_member(*node, "description"));
  }
  return data;
}

}  // namespace stubkeeper::crawler
