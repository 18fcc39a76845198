#include "base/text/words.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>

#include "base/text/ascii.h"

namespace stubkeeper {
namespace {

bool is_word_character(UChar32 c) {
  constexpr std::uint32_t word_categories = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK | U_GC_SC_MASK;
  constexpr UChar32 soft_hyphen = 0xAD, degree = 0xB0, non_joiner = 0x200C, joiner = 0x200D;
  // Ill-formed bytes (c < 0) part nothing.
  return c < 0 || (U_GET_GC_MASK(c) & word_categories) != 0 || c == soft_hyphen || c == degree ||
         c == non_joiner || c == joiner;
}

// Of a script that is written without spaces.
bool is_unspaced(UChar32 c) {
  constexpr UChar32 first = 0x0E00, first_kana = 0x3041, last_kana = 0x30FF;
  return c >= first &&
         ((c >= first_kana && c <= last_kana) || u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) != 0 ||
          u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT);
}

void append_by_dictionary(std::vector<Word>& words, std::string_view run, std::size_t begin) {
  // Slow to make, so that there is one for each thread.
  thread_local const std::unique_ptr<icu::BreakIterator> breaks = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<icu::BreakIterator>{
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status)};
  }();
  UErrorCode status = U_ZERO_ERROR;
  const icu::LocalUTextPointer text{
      utext_openUTF8(nullptr, run.data(), static_cast<std::int64_t>(run.size()), &status)};
  if (breaks != nullptr) breaks->setText(text.getAlias(), status);
  if (breaks == nullptr || U_FAILURE(status)) {
    words.push_back({run, begin});
    return;
  }
  for (int at = breaks->first(), end = breaks->next(); end != icu::BreakIterator::DONE;
       at = end, end = breaks->next()) {
    const auto from = static_cast<std::size_t>(at);
    if (breaks->getRuleStatus() != UBRK_WORD_NONE)
      words.push_back({run.substr(from, static_cast<std::size_t>(end - at)), begin + from});
  }
}

}  // namespace

std::vector<Word> split_words(std::string_view text) {
  std::vector<Word> words;
  const auto size = static_cast<std::int64_t>(text.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::int64_t begin = 0;
  bool unspaced = false;
  const auto end_word = [&](std::int64_t end) {
    const auto from = static_cast<std::size_t>(begin);
    const std::string_view run = text.substr(from, static_cast<std::size_t>(end - begin));
    if (unspaced) {
      append_by_dictionary(words, run, from);
    } else if (!run.empty()) {
      words.push_back({run, from});
    }
    unspaced = false;
  };
  for (std::int64_t at = 0; at < size;) {
    const std::int64_t character = at;
    if (is_ascii(text[static_cast<std::size_t>(at)])) {
      ++at;
      if (is_ascii_alphanumeric(text[static_cast<std::size_t>(character)])) continue;
    } else {
      UChar32 c = 0;
      U8_NEXT(bytes, at, size, c);
      if (is_word_character(c)) {
        unspaced = unspaced || is_unspaced(c);
        continue;
      }
    }
    end_word(character);
    begin = at;
  }
  end_word(size);
  return words;
}

std::string fold_case(std::string_view text) {
  if (is_all_ascii(text)) return ascii_lower(text);
  constexpr std::size_t max_bytes = 1'000'000;
  icu::UnicodeString unicode = icu::UnicodeString::fromUTF8(
      icu::StringPiece{text.data(), static_cast<std::int32_t>(std::min(text.size(), max_bytes))});
  unicode.foldCase();
  std::string folded;
  unicode.toUTF8String(folded);
  if (text.size() > max_bytes) folded += text.substr(max_bytes);
  return folded;
}

bool is_whole_word(std::string_view text, std::size_t begin, std::size_t end) {
  return (begin == 0 || !is_word_byte(text[begin - 1])) && (end >= text.size() || !is_word_byte(text[end]));
}

std::size_t find_whole_words(std::string_view text, std::string_view words, std::size_t from) {
  for (std::size_t at = text.find(words, from); at != std::string_view::npos; at = text.find(words, at + 1))
    if (is_whole_word(text, at, at + words.size())) return at;
  return std::string_view::npos;
}

}  // namespace stubkeeper
