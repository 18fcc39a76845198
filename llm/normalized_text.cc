#include "llm/normalized_text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstring>

namespace stubkeeper::llm {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

const icu::Normalizer2& nfkc() {
  static const icu::Normalizer2* instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKCInstance(status);
  }();
  return *instance;
}

// Digits that NFKC would turn into other figures.
bool keeps_its_form(UChar32 c) {
  return c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0x2070 && c <= 0x209F) || (c >= 0xBC && c <= 0xBE) ||
         (c >= 0x2150 && c <= 0x218F);
}

bool is_dropped(UChar32 c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF;
}

bool is_dash(UChar32 c) {
  return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D;
}

// The one sign that a quotation mark or dash stands for, or 0.
char unified(UChar32 c) {
  if (is_dash(c)) return '-';
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x60:
    case 0xB4:
    case 0x2039:
    case 0x203A:
      return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0xAB:
    case 0xBB:
      return '"';
    default:
      return 0;
  }
}

// A letter or digit, for word borders; bytes of multi-byte characters count as such.
bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= 'a' && byte <= 'z');
}

struct Character {
  UChar32 code = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The character at `at`; code -1 for a byte that is no UTF-8.
Character character_at(std::string_view raw, std::size_t at) {
  auto next = static_cast<int64_t>(at);
  UChar32 code = 0;
  const auto length = static_cast<int64_t>(raw.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(raw.data());
  U8_NEXT(bytes, next, length, code);
  if (code < 0) return {-1, at, at + 1};
  return {code, at, static_cast<std::size_t>(next)};
}

// Whether a letter or digit of any script stands right before, or right at, a byte of well-formed text.
bool word_before(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < 4 &&
         (begin == at || (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U))
    --begin;
  return begin < at && u_isalnum(character_at(text, begin).code) != 0;
}
bool word_at(std::string_view text, std::size_t at) {
  return at < text.size() && u_isalnum(character_at(text, at).code) != 0;
}

}  // namespace

void NormalizedText::put(std::string_view bytes, std::size_t raw_begin, std::size_t raw_end) {
  for (const char c : bytes) {
    text_ += c;
    raw_begin_.push_back(static_cast<std::uint32_t>(raw_begin));
    raw_end_.push_back(static_cast<std::uint32_t>(raw_end));
  }
}

NormalizedText::NormalizedText(std::string_view raw) {
  text_.reserve(raw.size());
  raw_begin_.reserve(raw.size());
  raw_end_.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size();) {
    const Character first = character_at(raw, at);
    if (first.code < 0) {
      put(replacement, first.begin, first.end);
      at = first.end;
      continue;
    }
    if (u_isUWhiteSpace(first.code) != 0) {
      std::size_t end = first.end;
      bool line_break = first.code == '\n';
      while (end < raw.size()) {
        const Character next = character_at(raw, end);
        if (next.code < 0 || u_isUWhiteSpace(next.code) == 0) break;
        line_break = line_break || next.code == '\n';
        end = next.end;
      }
      const bool hyphenated = line_break && text_.size() >= 2 && text_.back() == '-' &&
                              is_word_byte(text_[text_.size() - 2]) && end < raw.size() &&
                              u_islower(character_at(raw, end).code) != 0;
      if (hyphenated) {
        text_.pop_back();
        raw_begin_.pop_back();
        raw_end_.pop_back();
      } else if (!text_.empty() && text_.back() != ' ') {
        put(" ", first.begin, end);
      }
      at = end;
      continue;
    }
    at = first.end;
    if (is_dropped(first.code)) continue;
    if (const char sign = unified(first.code); sign != 0) {
      put({&sign, 1}, first.begin, first.end);
      continue;
    }
    if (first.code < 0x80 && (at == raw.size() || static_cast<unsigned char>(raw[at]) < 0x80)) {
      const char plain = static_cast<char>(first.code);
      put({&plain, 1}, first.begin, first.end);
      continue;
    }
    if (keeps_its_form(first.code)) {
      put(raw.substr(first.begin, first.end - first.begin), first.begin, first.end);
      continue;
    }
    // A character with the marks that follow it is normalized as one, and all of it comes from all of it.
    icu::UnicodeString segment;
    segment.append(first.code);
    constexpr int most_marks = 64;
    for (int marks = 0; at < raw.size() && marks < most_marks; ++marks) {
      const Character next = character_at(raw, at);
      if (next.code < 0x80 || is_dropped(next.code) || keeps_its_form(next.code) ||
          nfkc().hasBoundaryBefore(next.code))
        break;
      segment.append(next.code);
      at = next.end;
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString normalized = nfkc().normalize(segment, status);
    std::string bytes;
    (U_SUCCESS(status) ? normalized : segment).toUTF8String(bytes);
    // NFKC of a few signs is a space with a mark, which parts words like any space.
    if (bytes == " " && (text_.empty() || text_.back() == ' ')) continue;
    put(bytes, first.begin, at);
  }
}

std::optional<NormalizedText::RawRange> NormalizedText::find(std::string_view needle,
                                                             std::size_t from_raw_byte) const {
  if (needle.empty()) return std::nullopt;
  auto from = static_cast<std::size_t>(std::lower_bound(raw_begin_.begin(), raw_begin_.end(), from_raw_byte) -
                                       raw_begin_.begin());
  while (from + needle.size() <= text_.size()) {
    const void* found = ::memmem(text_.data() + from, text_.size() - from, needle.data(), needle.size());
    if (found == nullptr) return std::nullopt;
    const auto begin = static_cast<std::size_t>(static_cast<const char*>(found) - text_.data());
    const std::size_t end = begin + needle.size();
    const bool cuts_word_before = word_before(text_, begin) && word_at(text_, begin);
    const bool cuts_word_after = word_before(text_, end) && word_at(text_, end);
    if (!cuts_word_before && !cuts_word_after) return raw_range(begin, end);
    from = begin + 1;
  }
  return std::nullopt;
}

}  // namespace stubkeeper::llm
