#include "base/text/ascii.h"
#include "base/text/calendar_words.h"

namespace stubkeeper {
namespace {

class NumericDateParser {
 public:
  explicit NumericDateParser(std::string_view text) : rest_(text) {}

  std::optional<PartialDateTime> parse() {
    const std::size_t digits = count_digits();
    bool read = false;
    if (digits == 4) {
      read = parse_year_first();
    } else if (digits == 8 || digits == 12 || digits == 14) {
      read = parse_compact(digits);
    } else if (digits == 1 || digits == 2) {
      read = parse_year_last();
    }
    if (!read || !rest_.empty()) return std::nullopt;
    return date_time_;
  }

 private:
  std::size_t count_digits() const {
    std::size_t count = 0;
    while (count < rest_.size() && is_ascii_digit(rest_[count])) ++count;
    return count;
  }

  int parse_digits(std::size_t digits) {
    int value = 0;
    for (const char c : rest_.substr(0, digits)) value = value * 10 + (c - '0');
    rest_.remove_prefix(digits);
    return value;
  }

  // One or two digits.
  bool parse_short_number(std::optional<int>& value) {
    const std::size_t digits = count_digits();
    if (digits < 1 || digits > 2) return false;
    value = parse_digits(digits);
    return true;
  }

  bool skip(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool skip_spaces() {
    const std::size_t before = rest_.size();
    while (!rest_.empty() && is_ascii_space(rest_.front())) rest_.remove_prefix(1);
    return rest_.size() < before;
  }

  static bool is_separator(char c) { return c == '-' || c == '/' || c == '.'; }

  bool parse_year_first() {
    date_time_.year = parse_digits(4);
    if (rest_.empty()) return true;
    const char separator = rest_.front();
    if (!is_separator(separator)) return false;
    rest_.remove_prefix(1);
    if (!parse_short_number(date_time_.month)) return false;
    if (rest_.empty()) return true;
    if (!skip(separator) || !parse_short_number(date_time_.day)) return false;
    return parse_time();
  }

  bool parse_compact(std::size_t digits) {
    date_time_.year = parse_digits(4);
    date_time_.month = parse_digits(2);
    date_time_.day = parse_digits(2);
    if (digits == 8) return parse_time();
    date_time_.hour = parse_digits(2);
    date_time_.minute = parse_digits(2);
    if (digits == 14) date_time_.second = parse_digits(2);
    return parse_zone();
  }

  bool parse_year_last() {
    std::optional<int> first, second;
    if (!parse_short_number(first) || rest_.empty() || !is_separator(rest_.front())) return false;
    const char separator = rest_.front();
    rest_.remove_prefix(1);
    if (!parse_short_number(second) || !skip(separator)) return false;
    const std::size_t digits = count_digits();
    if (digits != 2 && digits != 4) return false;
    const bool short_year = digits == 2;
    date_time_.year = short_year ? expand_two_digit_year(parse_digits(2)) : parse_digits(4);
    const NumberOrder order = number_order(*first, *second, separator);
    if (order == NumberOrder::neither) return false;
    // A short year may come first ("26/05/07").
    if (short_year && order != NumberOrder::month_first && separator != '.') return false;
    if (order == NumberOrder::month_first) {
      date_time_.month = first;
      date_time_.day = second;
    } else if (order == NumberOrder::day_first) {
      date_time_.day = first;
      date_time_.month = second;
    }
    return parse_time();
  }

  bool parse_time() {
    if (rest_.empty()) return true;
    if (!skip('T') && !skip('t')) {
      const bool comma = skip(',');
      if (!skip_spaces() && !comma) return false;
    }
    std::optional<int> hour;
    const std::size_t digits = count_digits();
    if (digits == 4 || digits == 6) {
      hour = parse_digits(2);
      date_time_.minute = parse_digits(2);
      if (digits == 6) date_time_.second = parse_digits(2);
    } else {
      if (!parse_short_number(hour)) return false;
      std::optional<int> minute, second;
      if (skip(':') && !parse_short_number(minute)) return false;
      if (minute && skip(':') && !parse_short_number(second)) return false;
      date_time_.minute = minute.value_or(0);
      date_time_.second = second.value_or(0);
      if (!minute && !rest_.empty() && rest_.front() != 'Z') return false;
    }
    if (date_time_.day) date_time_.hour = hour;
    if (skip('.') || skip(',')) skip_fraction();
    return parse_meridiem() && parse_zone();
  }

  void skip_fraction() { rest_.remove_prefix(count_digits()); }

  bool parse_meridiem() {
    skip_spaces();
    const bool morning = starts_with_ignoring_case(rest_, "am");
    if (!morning && !starts_with_ignoring_case(rest_, "pm")) return true;
    rest_.remove_prefix(2);
    if (!date_time_.hour) return true;
    if (*date_time_.hour < 1 || *date_time_.hour > 12) return false;
    date_time_.hour = *date_time_.hour % 12 + (morning ? 0 : 12);
    return true;
  }

  bool parse_zone() {
    skip_spaces();
    if (rest_.empty()) return true;
    std::size_t letters = 0;
    while (letters < rest_.size() && is_ascii_letter(rest_[letters])) ++letters;
    if (letters > 0) {
      const std::string name = ascii_lower(rest_.substr(0, letters));
      const auto offset = parse_zone_name(name);
      if (!offset && !is_ambiguous_zone(name)) return false;
      rest_.remove_prefix(letters);
      date_time_.offset_minutes = offset;
      if (rest_.empty()) return true;
    }
    int sign = 0;
    if (skip('+')) sign = 1;
    if (sign == 0 && skip('-')) sign = -1;
    // U+2212, the minus sign that ISO 8601 asks for.
    if (sign == 0 && rest_.starts_with("\xE2\x88\x92")) {
      rest_.remove_prefix(3);
      sign = -1;
    }
    if (sign == 0) return false;
    const std::size_t digits = count_digits();
    int minutes = 0;
    if (digits == 4) {
      minutes = parse_digits(2) * 60;
      minutes += parse_digits(2);
    } else {
      std::optional<int> hours, more;
      if (!parse_short_number(hours)) return false;
      minutes = *hours * 60;
      if (skip(':')) {
        if (!parse_short_number(more)) return false;
        minutes += *more;
      }
    }
    if (minutes > 24 * 60) return false;
    date_time_.offset_minutes = sign * minutes;
    return true;
  }

  std::string_view rest_;
  PartialDateTime date_time_;
};

}  // namespace

std::optional<PartialDateTime> parse_numeric_date(std::string_view text) {
  return NumericDateParser{text}.parse();
}

}  // namespace stubkeeper
