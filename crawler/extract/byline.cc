#include "crawler/extract/byline.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "base/text/words.h"
#include "crawler/extract/name_hints.h"
#include "crawler/extract/phrases.h"
#include "crawler/html/fold_text.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

constexpr std::size_t max_byline_bytes = 160;
constexpr std::size_t max_author_bytes = 120;

const PhraseList& author_labels() {
  static const PhraseList labels = parse_phrases("byline_phrases.txt", "author_labels");
  return labels;
}

const PhraseList& picture_credits() {
  static const PhraseList credits = parse_phrases("byline_phrases.txt", "picture_credits");
  return credits;
}

// A few words of which each begins as a name's does: "Jane van der Berg", not "reading time".
bool looks_like_name(std::string_view text) {
  constexpr std::size_t min_bytes = 3;
  constexpr std::size_t max_bytes = 60;
  constexpr int max_words = 6;
  if (text.size() < min_bytes || text.size() > max_bytes) return false;
  if (std::any_of(text.begin(), text.end(), is_ascii_digit)) return false;
  int words = 0;
  std::string word;
  for (const char c : std::string{text} + ' ') {
    if (c == ' ') {
      const bool particle = word == "and" || word == "de" || word == "van" || word == "von" ||
                            word == "der" || word == "da" || word == "&" || word == "la" || word == "di";
      if (!word.empty() && !particle && !is_ascii_upper(word[0]) && is_ascii(word[0])) return false;
      words += word.empty() ? 0 : 1;
      word.clear();
    } else {
      word += c;
    }
  }
  return words <= max_words;
}

// Where the name begins behind a label; 0 without one. The label alone has its own length.
std::size_t label_bytes(std::string_view text) {
  constexpr std::size_t max_label_bytes = 48;
  const std::string start = fold_case(text.substr(0, max_label_bytes));
  std::size_t longest = 0;
  for (const std::string_view label : author_labels()) {
    if (label.size() <= longest || !start.starts_with(label) || label.size() > text.size()) continue;
    // "byJane", where the markup kept the words apart; but "Bynum" is a name.
    const char next = label.size() < text.size() ? text[label.size()] : ' ';
    if (label.ends_with(':') || !is_ascii(label.back()) || next == ' ' || next == ':' ||
        (label.size() > 3 && is_ascii_upper(next)))
      longest = label.size();
  }
  return longest;
}

std::string strip_author_labels(std::string name) {
  for (std::size_t label = label_bytes(name); label > 0; label = label_bytes(name)) {
    name.erase(0, label);
    name = std::string{trim_ascii(name)};
    while (name.starts_with(':')) name = std::string{trim_ascii(std::string_view{name}.substr(1))};
  }
  return name;
}

// The name in an element that is called a byline; where it goes on (a title, a date), the linked
// part of it.
std::string find_name_in_byline(const PageTree& page, Index node) {
  const std::string text = short_text(page, node);
  if (text.empty()) return "";
  for (Index i = node + 1; i < page[node].end; ++i) {
    if (page.tag(i) != GUMBO_TAG_A) continue;
    if (std::string name = clean_author(page.text(i)); looks_like_name(name)) return name;
  }
  std::string name = clean_author(text);
  // A byline often goes on with the date.
  const bool is_name = !name.empty() && name.size() < 60 && find_date(name).empty() &&
                       !std::any_of(name.begin(), name.end(), is_ascii_digit);
  return is_name ? name : "";
}

// The name that a text begins with: "Jane Doe, May 2026".
std::string find_name_at_start(std::string_view text) {
  std::string name = clean_author(text.substr(0, text.find(',')));
  return looks_like_name(name) ? name : "";
}

// In the text right behind a label that has its own element.
std::string find_name_behind(const PageTree& page, Index label) {
  constexpr Index max_nodes = 10;
  const Index end = std::min(page[label].end + max_nodes, page.size());
  for (Index i = page[label].end; i < end; ++i) {
    const std::string text = fold_white_space(page[i].text.substr(0, max_byline_bytes));
    if (!text.empty()) return find_name_at_start(text);
  }
  return "";
}

class AuthorFinder {
 public:
  explicit AuthorFinder(const PageView& view) : page_(view.page), view_(view) {}

  std::string run() const {
    if (std::string name = find_in_named_element(); !name.empty()) return name;
    if (std::string name = find_in_link(); !name.empty()) return name;
    return find_behind_label();
  }

 private:
  std::string find_in_named_element() const {
    for (Index i = 0; i < page_.size(); ++i) {
      if (page_.is_text(i) || view_.others[i]) continue;
      const bool is_author_element = equals_ignoring_case(page_.attribute(i, "rel"), "author") ||
                                     has_name_word(page_, i, {"class", "id"}, {"author", "byline"});
      if (!is_author_element || is_picture_credit(i)) continue;
      const std::string text = short_text(page_, i);
      std::string name = find_name_in_byline(page_, i);
      if (name.empty() && !text.empty() && label_bytes(text) == text.size())
        name = find_name_behind(page_, i);
      if (!name.empty()) return name;
    }
    return "";
  }

  std::string find_in_link() const {
    for (Index i = 0; i < page_.size(); ++i) {
      if (view_.dropped[i] || view_.others[i] || page_.tag(i) != GUMBO_TAG_A ||
          !is_author_page_address(page_.attribute(i, "href")))
        continue;
      if (std::string name = clean_author(short_text(page_, i)); looks_like_name(name)) return name;
    }
    return "";
  }

  // "By Jane Doe", also with the name in the next piece of text.
  std::string find_behind_label() const {
    constexpr std::size_t max_line_bytes = 100;
    bool follows_label = false;
    for (Index i = 0; i < page_.size(); ++i) {
      if (!page_.is_text(i) || view_.dropped[i] || view_.others[i]) continue;
      const std::string text = fold_white_space(page_[i].text.substr(0, max_byline_bytes));
      if (text.empty()) continue;
      if (follows_label) {
        if (std::string name = find_name_at_start(text); !name.empty()) return name;
      }
      const std::size_t label = is_english_or_with_colon(text) ? label_bytes(text) : 0;
      follows_label = label > 0 && trim_to_word_bytes(std::string_view{text}.substr(label)).empty();
      if (label == 0 || follows_label || text.size() > max_line_bytes) continue;
      std::string name = find_name_at_start(text);
      // "Text: large" is no byline.
      const bool needs_two_words =
          std::string_view{text}.substr(0, label + 1).find(':') != std::string_view::npos;
      if (!name.empty() && (!needs_two_words || name.find(' ') != std::string::npos)) return name;
    }
    return "";
  }

  // "von" and "di" begin sentences and names too, and a game is published by a company.
  static bool is_english_or_with_colon(std::string_view text) {
    if (starts_with_ignoring_case(text, "published by")) return false;
    return starts_with_ignoring_case(text, "by") || text.substr(0, 20).find(':') != std::string_view::npos ||
           text.substr(0, 24).find("：") != std::string_view::npos ||
           text.substr(0, 20).find(" by") != std::string_view::npos;
  }

  // "Photo by", before the name, in its place or in the names of the element.
  bool is_picture_credit(Index node) const {
    constexpr Index max_nodes_before = 4;
    if (has_name_word(page_, node, {"class", "id"}, {"photo", "image", "caption", "credit", "photographer"}))
      return true;
    if (contains(picture_credits(), strip_credit_marks(short_text(page_, node)))) return true;
    for (Index i = node; i > 0 && node - i < max_nodes_before;) {
      --i;
      if (page_.is_text(i) && !trim_ascii(page_[i].text).empty()) return ends_with_credit(page_[i].text);
    }
    return false;
  }

  static std::string strip_credit_marks(std::string_view text) {
    constexpr std::size_t max_bytes = 60;
    std::string words =
        fold_case(fold_white_space(text.substr(text.size() - std::min(text.size(), max_bytes))));
    while (!words.empty() && std::string_view{" :(/|-"}.find(words.back()) != std::string_view::npos)
      words.pop_back();
    return words;
  }

  static bool ends_with_credit(std::string_view text) {
    const std::string words = strip_credit_marks(text);
    return std::any_of(picture_credits().begin(), picture_credits().end(), [&](std::string_view credit) {
      return words.ends_with(credit) && is_whole_word(words, words.size() - credit.size(), words.size());
    });
  }

  const PageTree& page_;
  const PageView& view_;
};

}  // namespace

bool is_author_page_address(std::string_view address) {
  return address.find("/author/") != std::string_view::npos ||
         address.find("/authors/") != std::string_view::npos ||
         address.find("/contributor") != std::string_view::npos;
}

// Reading stops where the text is not short, so that a page of nested names costs no more.
std::string short_text(const PageTree& page, Index node) {
  std::size_t bytes = 0;
  for (Index i = node; i < page[node].end; ++i) {
    bytes += trim_ascii(page[i].text).size();
    if (bytes > max_byline_bytes || i - node > 60) return "";
  }
  return page.text(node);
}

std::string clean_author(std::string_view text) {
  std::string name = strip_author_labels(fold_white_space(text));
  for (const char* bar : {"|", "•", "·"}) {
    if (const std::size_t at = name.find(bar); at != std::string::npos) name.erase(at);
  }
  name = std::string{trim_ascii(name)};
  while (!name.empty() && (name.back() == ',' || name.back() == ':')) name.pop_back();
  const bool is_address =
      name.starts_with("http") || name.starts_with("@") || name.find("://") != std::string::npos;
  const bool is_generic_name = equals_ignoring_case(name, "author") || equals_ignoring_case(name, "admin");
  if (is_address || is_generic_name || name.size() > max_author_bytes) return "";
  return name;
}

std::string find_author_in_byline(const PageView& view) {
  return AuthorFinder{view}.run();
}

}  // namespace stubkeeper::crawler
