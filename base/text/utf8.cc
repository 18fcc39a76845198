#include "base/text/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace stubkeeper {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// The length of the well-formed sequence at the start of `bytes` (not empty), or 0.
std::size_t sequence_length(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U; };
  const auto tail = [&](std::size_t i) { return (at(i) & 0xC0U) == 0x80U; };
  const unsigned lead = at(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return tail(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (lead == 0xE0 && at(1) < 0xA0) return 0;
    if (lead == 0xED && at(1) > 0x9F) return 0;
    return tail(1) && tail(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (lead == 0xF0 && at(1) < 0x90) return 0;
    if (lead == 0xF4 && at(1) > 0x8F) return 0;
    return tail(1) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

// The length of a prefix of ASCII without NUL, perhaps not the longest. Eight bytes at a time.
std::size_t ascii_prefix_length(std::string_view bytes) {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  constexpr std::uint64_t high_bits = 0x80U * ones;
  std::size_t run = 0;
  for (std::uint64_t word = 0; run + sizeof word <= bytes.size(); run += sizeof word) {
    std::memcpy(&word, bytes.data() + run, sizeof word);
    const bool has_non_ascii = (word & high_bits) != 0;
    const bool has_nul = ((word - ones) & ~word & high_bits) != 0;
    if (has_non_ascii || has_nul) break;
  }
  return run;
}

bool is_bidirectional_control(std::string_view sequence) {
  if (sequence.size() != 3 || sequence[0] != '\xE2') return false;
  const auto second = static_cast<unsigned char>(sequence[1]);
  const auto third = static_cast<unsigned char>(sequence[2]);
  return (second == 0x80 && third >= 0xAA && third <= 0xAE) ||
         (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    if (const std::size_t run = ascii_prefix_length(bytes.substr(i)); run > 0) {
      i += run;
      continue;
    }
    const std::size_t length = sequence_length(bytes.substr(i));
    if (length == 0) return i;
    i += length;
  }
  return std::nullopt;
}

std::string to_valid_utf8(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    if (const std::size_t run = ascii_prefix_length(bytes.substr(i)); run > 0) {
      text += bytes.substr(i, run);
      i += run;
      continue;
    }
    const std::size_t length = sequence_length(bytes.substr(i));
    if (length == 0 || bytes[i] == '\0') {
      text += replacement;
      ++i;
      // A truncated sequence is one ill-formed part.
      while (length == 0 && i < bytes.size() && is_utf8_continuation(bytes[i])) ++i;
      continue;
    }
    text += bytes.substr(i, length);
    i += length;
  }
  return text;
}

std::size_t utf8_length(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_utf8_continuation(c); }));
}

std::string truncate_at_word(std::string_view text, std::size_t max_characters) {
  if (utf8_length(text) <= max_characters) return std::string{text};
  std::size_t kept = 0;
  for (std::size_t space = text.find(' '); space != std::string_view::npos;
       space = text.find(' ', space + 1)) {
    if (utf8_length(text.substr(0, space)) + 1 > max_characters) break;
    kept = space;
  }
  return kept == 0 ? "" : std::string{text.substr(0, kept)} + "…";
}

std::string sanitize_for_terminal(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = sequence_length(text.substr(i));
    const auto lead = static_cast<unsigned char>(text[i]);
    const bool c1_control = length == 2 && lead == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    const bool c0_control =
        length == 1 && (lead < 0x20 || lead == 0x7F) && text[i] != '\n' && text[i] != '\t';
    if (length == 0 || c0_control || c1_control || is_bidirectional_control(text.substr(i, length))) {
      safe += replacement;
      i += length == 0 ? 1 : length;
      continue;
    }
    safe += text.substr(i, length);
    i += length;
  }
  return safe;
}

}  // namespace stubkeeper
