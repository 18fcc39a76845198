#pragma once

#include <string>
#include <string_view>

namespace stubkeeper {

// Letters, digits and case of ASCII alone, in any locale: the syntax of HTML, XML and dates.

constexpr bool is_ascii_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_ascii_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool is_ascii_lower(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool is_ascii_letter(char c) {
  return is_ascii_upper(c) || is_ascii_lower(c);
}
constexpr bool is_ascii_alphanumeric(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c);
}
constexpr bool is_ascii_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
constexpr bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}
constexpr char to_ascii_lower(char c) {
  return is_ascii_upper(c) ? static_cast<char>(c + 32) : c;
}

// A byte of a letter: ASCII's, and all bytes of UTF-8 beyond ASCII. base/text/words.h knows Unicode's words.
constexpr bool is_letter_byte(char c) {
  return is_ascii_letter(c) || !is_ascii(c);
}
// A byte of a letter or digit, likewise.
constexpr bool is_word_byte(char c) {
  return is_letter_byte(c) || is_ascii_digit(c);
}

// The value of a hexadecimal digit, 0 to 15, or -1.
constexpr int hex_digit_value(char c) {
  if (is_ascii_digit(c)) return c - '0';
  const char lower = to_ascii_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// One or more digits and nothing else.
bool is_all_digits(std::string_view text);
bool is_all_ascii(std::string_view text);

std::string ascii_lower(std::string_view text);
// Without white space at both ends.
std::string_view trim_ascii(std::string_view text);
// Without bytes other than letters and digits (is_word_byte) at both ends.
std::string_view trim_to_word_bytes(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);
bool starts_with_ignoring_case(std::string_view text, std::string_view start);

}  // namespace stubkeeper
