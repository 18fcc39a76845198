#include "llm/normalized_text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text/ascii.h"
#include "base/text/utf8.h"

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

// The one sign for a quotation mark or dash of any kind, or 0.
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

// The character at `at`; code -1 for a byte that is no UTF-8.
NormalizedText::Character character_at(std::string_view raw, std::size_t at) {
  auto next = static_cast<int64_t>(at);
  UChar32 code = 0;
  const auto length = static_cast<int64_t>(raw.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(raw.data());
  U8_NEXT(bytes, next, length, code);
  if (code < 0) return {-1, at, at + 1};
  return {code, at, static_cast<std::size_t>(next)};
}

// Bytes that stay as they are: printable ASCII but the marks that are unified.
constexpr std::array<bool, 256> plain_bytes = [] {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x20; byte < 0x7F; ++byte) plain[byte] = true;
  plain['`'] = false;
  return plain;
}();

bool is_space_at(std::string_view raw, std::size_t at) {
  const UChar32 code = character_at(raw, at).code;
  return code >= 0 && u_isUWhiteSpace(code) != 0;
}

bool is_mark_at(std::string_view raw, std::size_t at) {
  if (is_ascii(raw[at])) return false;
  const UChar32 code = character_at(raw, at).code;
  return code >= 0 && !nfkc().hasBoundaryBefore(code);
}

// Where a run of plain bytes from `at` ends, with no two spaces in a row, and before a byte that a
// mark may follow. The common case, and most of all text: it is copied rather than looked at.
std::size_t end_of_plain(std::string_view raw, std::size_t at, bool after_space) {
  std::size_t end = at;
  while (end < raw.size() && plain_bytes[static_cast<unsigned char>(raw[end])]) {
    const bool space = raw[end] == ' ';
    if (space && after_space) break;
    after_space = space;
    ++end;
  }
  // White space after a space folds into it, and a mark belongs to the letter before it.
  const bool goes_on =
      end > at && end < raw.size() && (raw[end - 1] == ' ' ? is_space_at(raw, end) : is_mark_at(raw, end));
  return goes_on ? end - 1 : end;
}

// Whether a letter or digit of any script is right before, or right at, a byte of well-formed text.
bool word_before(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < 4 && (begin == at || is_utf8_continuation(text[begin]))) --begin;
  return begin < at && u_isalnum(character_at(text, begin).code) != 0;
}
bool word_at(std::string_view text, std::size_t at) {
  return at < text.size() && u_isalnum(character_at(text, at).code) != 0;
}

}  // namespace

void NormalizedText::append_plain(std::string_view raw, std::size_t begin, std::size_t end) {
  const bool goes_on = !runs_.empty() && runs_.back().is_plain && runs_.back().raw_end == begin;
  if (!goes_on) {
    runs_.push_back({static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(begin), 0, true});
  }
  runs_.back().raw_end = static_cast<std::uint32_t>(end);
  text_.append(raw, begin, end - begin);
}

void NormalizedText::append_text(std::string_view bytes, std::size_t raw_begin, std::size_t raw_end) {
  if (bytes.empty()) return;
  runs_.push_back({static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(raw_begin),
                   static_cast<std::uint32_t>(raw_end), false});
  text_ += bytes;
}

void NormalizedText::drop_last_byte() {
  text_.pop_back();
  Run& last = runs_.back();
  if (last.is_plain) --last.raw_end;
  if (last.begin == text_.size()) runs_.pop_back();
}

const NormalizedText::Run& NormalizedText::run_at(std::size_t byte) const {
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), byte,
                                      [](std::size_t wanted, const Run& run) { return wanted < run.begin; });
  return *(after - 1);
}

NormalizedText::RawRange NormalizedText::raw_range(std::size_t begin, std::size_t end) const {
  const Run& first = run_at(begin);
  const Run& last = run_at(end - 1);
  return {first.is_plain ? first.raw_begin + (begin - first.begin) : first.raw_begin,
          last.is_plain ? last.raw_begin + (end - last.begin) : last.raw_end};
}

NormalizedText::NormalizedText(std::string_view raw) {
  text_.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size();) {
    if (const std::size_t end = end_of_plain(raw, at, text_.empty() || text_.back() == ' '); end > at) {
      append_plain(raw, at, end);
      at = end;
      continue;
    }
    const Character first = character_at(raw, at);
    if (first.code < 0) {
      append_text(replacement, first.begin, first.end);
      at = first.end;
      continue;
    }
    if (u_isUWhiteSpace(first.code) != 0) {
      at = fold_space(raw, first);
      continue;
    }
    at = first.end;
    if (is_dropped(first.code)) continue;
    if (const char sign = unified(first.code); sign != 0) {
      append_text({&sign, 1}, first.begin, first.end);
      continue;
    }
    if (first.code < 0x80 && (at == raw.size() || is_ascii(raw[at]))) {
      const char plain = static_cast<char>(first.code);
      append_text({&plain, 1}, first.begin, first.end);
      continue;
    }
    if (keeps_its_form(first.code)) {
      append_text(raw.substr(first.begin, first.end - first.begin), first.begin, first.end);
      continue;
    }
    at = append_composed(raw, first);
  }
}

// White space is one space, or nothing where the text begins, after a space, and where it parts a
// word that was hyphenated at a line's end. Gives where it ends.
std::size_t NormalizedText::fold_space(std::string_view raw, const Character& first) {
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
    drop_last_byte();
  } else if (!text_.empty() && text_.back() != ' ') {
    append_text(" ", first.begin, end);
  }
  return end;
}

// A character with the marks that follow it is normalized as one, and all of it comes from all of
// it. Gives where the marks end.
std::size_t NormalizedText::append_composed(std::string_view raw, const Character& first) {
  icu::UnicodeString segment;
  segment.append(first.code);
  std::size_t at = first.end;
  constexpr int max_combining_marks = 64;
  for (int marks = 0; at < raw.size() && marks < max_combining_marks; ++marks) {
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
  if (bytes != " " || (!text_.empty() && text_.back() != ' ')) append_text(bytes, first.begin, at);
  return at;
}

// The first byte of the text that comes from `raw_byte` or what follows it.
std::size_t NormalizedText::first_byte_from(std::size_t raw_byte) const {
  const auto run = std::partition_point(runs_.begin(), runs_.end(), [&](const Run& each) {
    return each.is_plain ? each.raw_end <= raw_byte : each.raw_begin < raw_byte;
  });
  if (run == runs_.end()) return text_.size();
  return run->is_plain && run->raw_begin < raw_byte ? run->begin + (raw_byte - run->raw_begin) : run->begin;
}

std::optional<NormalizedText::RawRange> NormalizedText::find(std::string_view needle,
                                                             std::size_t from_raw_byte) const {
  if (needle.empty()) return std::nullopt;
  std::size_t from = first_byte_from(from_raw_byte);
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
