#include "entries/page_templates.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <vector>
#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "entries/entry_path.h"
#include "entries/front_matter_formats/format.h"
#include "entries/markdown_escape.h"

namespace stubkeeper::entries {
namespace {

// Without control characters, which no title has; a space keeps the words apart.
std::string quote_yaml_string(std::string_view text) {
  std::string words{text};
  std::replace_if(
      words.begin(), words.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
  return quote_string(words);
}

// The template with each "@field@" replaced by its value. The values are put in at once, so that a
// title that holds "@date@" stays what it is.
std::string fill_template(std::string_view page, const std::map<std::string_view, std::string>& fields) {
  std::string result;
  while (!page.empty()) {
    const std::size_t open = page.find('@');
    const std::size_t close = open == std::string_view::npos ? open : page.find('@', open + 1);
    if (close == std::string_view::npos) break;
    const auto field = fields.find(page.substr(open + 1, close - open - 1));
    if (field == fields.end()) {
      result += page.substr(0, close);
      page.remove_prefix(close);
      continue;
    }
    result += page.substr(0, open);
    result += field->second;
    page.remove_prefix(close + 1);
  }
  return result += page;
}

std::string_view find_template(const Conventions& conventions, std::string_view name) {
  const auto found = conventions.templates.find(name);
  return found == conventions.templates.end() ? std::string_view{} : std::string_view{found->second};
}

std::string render_page(std::string_view page, const NewPage& values, const std::string& description,
                        std::string_view research_area) {
  return fill_template(page, {{"title", quote_yaml_string(values.title)},
                              {"name", escape_markdown(values.title)},
                              {"date", std::string{values.date}},
                              {"description", quote_yaml_string(description)},
                              {"research_area", quote_yaml_string(research_area)}});
}

constexpr std::size_t max_slug_length = 60;

// ASCII letters with their accents parted from them, as separate characters.
std::string decompose(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status)) return std::string{text};
  std::string result;
  nfkd->normalize(icu::UnicodeString::fromUTF8(to_valid_utf8(text)), status).toUTF8String(result);
  return U_FAILURE(status) ? std::string{text} : result;
}

// U+0300 to U+036F, which are 0xCC 0x80 to 0xCD 0xAF.
bool is_combining_mark(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return false;
  const auto first = static_cast<unsigned char>(text[at]);
  const auto second = static_cast<unsigned char>(text[at + 1]);
  return (first == 0xCC && second >= 0x80) || (first == 0xCD && second <= 0xAF);
}

std::vector<std::string> split_ascii_words(std::string_view title) {
  const std::string text = decompose(title);
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_ascii_letter(c) || is_ascii_digit(c)) {
      words.back() += to_ascii_lower(c);
    } else if (is_combining_mark(text, i)) {
      ++i;
    } else if (c != '\'' && !words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

}  // namespace

std::string render_stub_page(const Conventions& conventions, const NewPage& page) {
  return render_page(find_template(conventions, "entry"), page,
                     "What its sources say about " + std::string{page.title} + ".", folder_of(page.path));
}

std::string render_section_page(const Conventions& conventions, const NewPage& page) {
  return render_page(find_template(conventions, "section"), page,
                     "Entries on " + std::string{page.title} + ".", page.path);
}

std::string entry_disclaimer(const Conventions& conventions) {
  const std::string_view page = find_template(conventions, "entry");
  const std::size_t quote = page.find("\n> ");
  if (quote == std::string_view::npos) return "";
  return std::string{page.substr(quote + 1, page.find_first_of("\r\n", quote + 1) - quote - 1)};
}

std::string title_from_path(std::string_view path) {
  std::string title{file_name(path)};
  bool word_begins = true;
  for (char& c : title) {
    if (c == '-') c = ' ';
    if (word_begins && is_ascii_lower(c)) c = static_cast<char>(c - 'a' + 'A');
    word_begins = c == ' ';
  }
  return title;
}

std::string make_slug(const PublisherRules& rules, std::string_view title) {
  auto words = split_ascii_words(title.substr(0, title.find(" (")));
  const auto is_legal_form = [&](const std::string& word) {
    return std::any_of(rules.legal_forms.begin(), rules.legal_forms.end(),
                       [&](const std::string& form) { return equals_ignoring_case(form, word); });
  };
  while (words.size() > 1 && is_legal_form(words.back())) words.pop_back();
  std::string slug;
  for (const std::string& word : words) {
    if (slug.size() + 1 + word.size() > max_slug_length) break;
    slug += (slug.empty() ? "" : "-") + word;
  }
  return slug;
}

}  // namespace stubkeeper::entries
