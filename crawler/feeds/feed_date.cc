#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "crawler/feeds/feed_dialect.h"
#include "crawler/feeds/localized_dates.h"
#include "crawler/html/fold_text.h"

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t max_date_bytes = 120;

// Ten digits are seconds since September 2001 and until 2286, thirteen milliseconds.
std::string parse_unix_time(std::string_view text) {
  if (!is_all_digits(text) || (text.size() != 10 && text.size() != 13) || text.front() == '0') return "";
  const auto value = *parse_number<std::int64_t>(text);
  return rfc3339(Timestamp{std::chrono::milliseconds{text.size() == 13 ? value : value * 1000}});
}

// ISO 8601's ordinal date, "2003-365".
std::string parse_ordinal_date(std::string_view text) {
  if (text.size() != 8 || text[4] != '-' || !is_all_digits(text.substr(0, 4)) ||
      !is_all_digits(text.substr(5)))
    return "";
  const std::chrono::year year{*parse_number<int>(text.substr(0, 4))};
  const int day = *parse_number<int>(text.substr(5));
  if (day < 1 || day > (year.is_leap() ? 366 : 365)) return "";
  return parse_date(iso_date(std::chrono::sys_days{year / 1 / 1} + std::chrono::days{day - 1}));
}

// "2023年8月15日", "2023년 8월 15일" as "2023-8-15".
std::string replace_cjk_date_signs(std::string text) {
  for (const std::string_view sign : {"年", "년", "月", "월"}) {
    text = replace_all(std::move(text), std::string{sign} + " ", "-");
    text = replace_all(std::move(text), sign, "-");
  }
  for (const std::string_view sign : {"日", "일"}) text = replace_all(std::move(text), sign, " ");
  return std::string{trim_ascii(text)};
}

std::string_view strip_weekday(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos || comma == 0) return text;
  const std::string_view word = text.substr(0, comma);
  const bool is_word =
      std::none_of(word.begin(), word.end(), [](char c) { return is_ascii_digit(c) || is_ascii_space(c); });
  return is_word ? trim_ascii(text.substr(comma + 1)) : text;
}

// The text after an offset: a zone's name, "Z", "[Europe/London]".
std::string_view strip_second_zone(std::string_view text) {
  const std::size_t sign = text.find_last_of("+-");
  const std::size_t colon = text.find(':');
  if (sign == std::string_view::npos || colon == std::string_view::npos || sign < colon) return text;
  std::size_t end = sign + 1;
  while (end < text.size() && (is_ascii_digit(text[end]) || text[end] == ':')) ++end;
  return end > sign + 2 ? text.substr(0, end) : text;
}

// Where a time of day begins and ends ("14:30", "2:30:00.5 PM"); npos where there is none.
std::pair<std::size_t, std::size_t> find_time_of_day(std::string_view text) {
  std::size_t colon = text.find(':');
  while (colon != std::string_view::npos &&
         (colon == 0 || colon + 1 >= text.size() || !is_ascii_digit(text[colon - 1]) ||
          !is_ascii_digit(text[colon + 1])))
    colon = text.find(':', colon + 1);
  if (colon == std::string_view::npos) return {colon, colon};
  std::size_t begin = colon;
  while (begin > 0 && is_ascii_digit(text[begin - 1])) --begin;
  std::size_t end = colon;
  while (end < text.size() && (is_ascii_digit(text[end]) || text[end] == ':' || text[end] == '.')) ++end;
  const std::string_view rest = trim_ascii(text.substr(end));
  for (const std::string_view half : {"am", "pm", "a.m.", "p.m."}) {
    if (!starts_with_ignoring_case(rest, half)) continue;
    // Not "America/New_York".
    if (rest.size() == half.size() || !is_letter_byte(rest[half.size()]))
      end = static_cast<std::size_t>(rest.data() - text.data()) + half.size();
  }
  return {begin, end};
}

// A year behind the time, as asctime() has it; no offset.
std::string_view year_behind(std::string_view rest) {
  for (const std::string_view word : split_nonempty(rest, " ,")) {
    if (word.size() == 4 && is_all_digits(word)) return word;
  }
  return {};
}

// A date whose offset is written in no way that is certain: its day.
std::string parse_day_alone(const std::string& text) {
  const auto [begin, end] = find_time_of_day(text);
  if (begin == std::string::npos) return "";
  std::string_view before = trim_ascii(std::string_view{text}.substr(0, begin));
  if (before.ends_with('T') && before.size() > 1 && is_ascii_digit(before[before.size() - 2]))
    before.remove_suffix(1);
  return parse_date(std::string{before} + " " + std::string{year_behind(std::string_view{text}.substr(end))});
}

// With the name of a zone's place behind its time ("20:21:00 America/Los_Angeles").
std::string parse_with_zone_place(const std::string& text) {
  const auto [begin, end] = find_time_of_day(text);
  if (begin == std::string::npos) return "";
  const std::string_view rest = trim_ascii(std::string_view{text}.substr(end));
  const std::string place{rest.substr(0, rest.find_first_of(" ,;"))};
  if (place.find('/') == std::string::npos) return "";
  const std::string year{year_behind(rest)};
  const std::string before = text.substr(0, end) + (year.empty() ? "" : " " + year);
  const std::string as_utc = parse_date(before + " Z");
  const auto offset = find_zone_offset(place, as_utc);
  return offset ? parse_date(before + " " + *offset) : "";
}

}  // namespace

std::string parse_feed_date(std::string_view text) {
  const std::string folded = fold_white_space(text);
  if (folded.size() > max_date_bytes || std::none_of(folded.begin(), folded.end(), is_ascii_digit)) return "";
  using Parse = std::string (*)(const std::string&);
  constexpr Parse parse_certain_date = [](const std::string& date) { return parse_date(date); };
  constexpr Parse parse_twice_zoned = [](const std::string& date) {
    return parse_date(strip_second_zone(replace_cjk_date_signs(date)));
  };
  constexpr Parse parse_cjk = [](const std::string& date) {
    return parse_date(replace_cjk_date_signs(date));
  };
  constexpr Parse parse_unix = [](const std::string& date) { return parse_unix_time(date); };
  constexpr Parse parse_ordinal = [](const std::string& date) { return parse_ordinal_date(date); };
  for (const Parse parse : {parse_certain_date, parse_unix, parse_ordinal}) {
    if (std::string date = parse(folded); !date.empty()) return date;
  }
  const std::string plain{strip_weekday(folded)};
  for (const Parse parse : {parse_cjk, parse_twice_zoned}) {
    if (std::string date = parse(plain); !date.empty()) return date;
  }
  const std::string english = translate_calendar_words(plain);
  for (const Parse parse : {parse_certain_date, parse_twice_zoned, parse_with_zone_place, parse_day_alone}) {
    if (std::string date = parse(english); !date.empty()) return date;
  }
  return "";
}

}  // namespace stubkeeper::crawler
