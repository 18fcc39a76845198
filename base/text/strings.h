#pragma once

#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper {

// Small functions on strings and lists of strings.

// Whether a list holds a value.
template <typename List, typename Value>
bool contains(const List& list, const Value& value) {
  return std::find(std::begin(list), std::end(list), value) != std::end(list);
}
inline bool contains(std::initializer_list<std::string_view> list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Whether a list holds a text, whatever the case of ASCII.
bool contains_ignoring_case(const std::vector<std::string>& list, std::string_view text);

// Appends a value to a list that does not hold it.
template <typename List>
void add_once(List& list, typename List::value_type value) {
  if (!contains(list, value)) list.push_back(std::move(value));
}

// Whether a text holds one of the phrases, anywhere.
template <typename Phrases = std::initializer_list<std::string_view>>
bool contains_any(std::string_view text, const Phrases& phrases) {
  return std::any_of(std::begin(phrases), std::end(phrases),
                     [&](std::string_view phrase) { return text.find(phrase) != std::string_view::npos; });
}
template <typename Phrases = std::initializer_list<std::string_view>>
bool starts_with_any(std::string_view text, const Phrases& starts) {
  return std::any_of(std::begin(starts), std::end(starts),
                     [&](std::string_view start) { return text.starts_with(start); });
}
template <typename Phrases = std::initializer_list<std::string_view>>
bool ends_with_any(std::string_view text, const Phrases& ends) {
  return std::any_of(std::begin(ends), std::end(ends),
                     [&](std::string_view end) { return text.ends_with(end); });
}

// The texts of a list with a separator between them.
template <typename List>
std::string join(const List& texts, std::string_view separator) {
  std::string joined;
  bool is_first = true;
  for (const auto& text : texts) {
    if (!is_first) joined += separator;
    is_first = false;
    joined += text;
  }
  return joined;
}

// Appends a text to a list that is written as a string: with the separator before it unless it is the first.
void append_with_separator(std::string& list, std::string_view separator, std::string_view text);

// The parts between separators, also empty ones; none after a separator at the end ("a\n" is one line).
std::vector<std::string_view> split(std::string_view text, char separator);
// The parts that are not empty, between any of these bytes.
std::vector<std::string_view> split_nonempty(std::string_view text,
                                             std::string_view separators = " \t\r\n\f\v");

// The text with each occurrence of one text replaced by another.
std::string replace_all(std::string text, std::string_view from, std::string_view to);

// ASCII white space as a space each, so that a text is one line of the same length.
std::string to_single_line(std::string_view text);

// The number that a text is, as a whole and in decimal, if it lies in a range.
template <std::integral Number>
std::optional<Number> parse_number(std::string_view text, Number min = std::numeric_limits<Number>::min(),
                                   Number max = std::numeric_limits<Number>::max()) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < min || number > max)
    return std::nullopt;
  return number;
}

// The number of exactly `count` digits at a place in a text.
std::optional<int> parse_digits(std::string_view text, std::size_t begin, std::size_t count);

// "1 change", "2 changes", "2 entries". The plural is the singular with an s unless given.
std::string pluralize(std::int64_t count, std::string_view one, std::string_view many = "");

// The part of a path behind its last slash, and before it ("" where it has none).
std::string_view file_name(std::string_view path);
std::string_view parent_folder(std::string_view path);

// Between the pages of a text, as PDFs are read and RFCs are printed: a form feed on a line of its own.
inline constexpr std::string_view page_break = "\n\n\f\n\n";
// The page, from 1, of a byte; 0 where the text has no page breaks.
std::size_t page_at(std::string_view text, std::size_t byte);

}  // namespace stubkeeper
