#include "entries/slug.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <vector>

#include "base/text/ascii.h"
#include "base/text/utf8.h"

namespace stubkeeper::entries {
namespace {

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
