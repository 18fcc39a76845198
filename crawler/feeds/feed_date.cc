#include "crawler/feeds/feed_date.h"

#include <algorithm>
#include <charconv>

#include "base/clock.h"
#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
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

std::string replace_cjk_date_signs(std::string text) {
  for (const std::string_view sign : {"年", "月", "日"})
    text = replace_all(std::move(text), sign, sign == "日" ? " " : "-");
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

// What stands behind an offset: a zone's name, "Z", "[Europe/London]".
std::string_view strip_second_zone(std::string_view text) {
  const std::size_t sign = text.find_last_of("+-");
  const std::size_t colon = text.find(':');
  if (sign == std::string_view::npos || colon == std::string_view::npos || sign < colon) return text;
  std::size_t end = sign + 1;
  while (end < text.size() && (is_ascii_digit(text[end]) || text[end] == ':')) ++end;
  return end > sign + 2 ? text.substr(0, end) : text;
}

}  // namespace

std::string parse_feed_date(std::string_view text) {
  const std::string folded = fold_white_space(text);
  if (folded.size() > max_date_bytes) return "";
  if (std::string date = parse_date(folded); !date.empty()) return date;
  if (std::string date = parse_unix_time(folded); !date.empty()) return date;
  if (std::string date = parse_ordinal_date(folded); !date.empty()) return date;
  const std::string plain = replace_cjk_date_signs(std::string{strip_weekday(folded)});
  if (std::string date = parse_date(plain); !date.empty()) return date;
  return parse_date(strip_second_zone(plain));
}

}  // namespace stubkeeper::crawler
