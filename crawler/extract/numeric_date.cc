#include "crawler/extract/numeric_date.h"

#include "base/text/ascii.h"

namespace stubkeeper::crawler {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::optional<Moment> date() {
    const std::size_t digits = digits_ahead();
    bool read = false;
    if (digits == 4) {
      read = year_first();
    } else if (digits == 8 || digits == 12 || digits == 14) {
      read = compact(digits);
    } else if (digits == 1 || digits == 2) {
      read = year_last();
    }
    if (!read || !rest_.empty()) return std::nullopt;
    return moment_;
  }

 private:
  std::size_t digits_ahead() const {
    std::size_t count = 0;
    while (count < rest_.size() && is_ascii_digit(rest_[count])) ++count;
    return count;
  }

  int take(std::size_t digits) {
    int value = 0;
    for (const char c : rest_.substr(0, digits)) value = value * 10 + (c - '0');
    rest_.remove_prefix(digits);
    return value;
  }

  // One or two digits.
  bool take_short(std::optional<int>& value) {
    const std::size_t digits = digits_ahead();
    if (digits < 1 || digits > 2) return false;
    value = take(digits);
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

  static bool separates(char c) { return c == '-' || c == '/' || c == '.'; }

  bool year_first() {
    moment_.year = take(4);
    if (rest_.empty()) return true;
    const char separator = rest_.front();
    if (!separates(separator)) return false;
    rest_.remove_prefix(1);
    if (!take_short(moment_.month)) return false;
    if (rest_.empty()) return true;
    if (!skip(separator) || !take_short(moment_.day)) return false;
    return time_after_date();
  }

  bool compact(std::size_t digits) {
    moment_.year = take(4);
    moment_.month = take(2);
    moment_.day = take(2);
    if (digits == 8) return time_after_date();
    moment_.hour = take(2);
    moment_.minute = take(2);
    if (digits == 14) moment_.second = take(2);
    return zone();
  }

  bool year_last() {
    std::optional<int> first, second;
    if (!take_short(first) || rest_.empty() || !separates(rest_.front())) return false;
    const char separator = rest_.front();
    rest_.remove_prefix(1);
    if (!take_short(second) || !skip(separator)) return false;
    const std::size_t digits = digits_ahead();
    if (digits != 2 && digits != 4) return false;
    const bool short_year = digits == 2;
    moment_.year = short_year ? full_year(take(2)) : take(4);
    // With two digits only the American order is told apart from a year in front ("26/05/07").
    const bool american = *second > 12 && separator != '.';
    const bool day_first =
        separator == '.' || (*first > 12 && !short_year) || (*first == *second && !short_year);
    if (american) {
      moment_.month = first;
      moment_.day = second;
    } else if (day_first) {
      moment_.day = first;
      moment_.month = second;
    } else if (short_year) {
      return false;
    }
    return time_after_date();
  }

  bool time_after_date() {
    if (rest_.empty()) return true;
    if (!skip('T') && !skip('t')) {
      const bool comma = skip(',');
      if (!skip_spaces() && !comma) return false;
    }
    std::optional<int> hour;
    const std::size_t digits = digits_ahead();
    if (digits == 4 || digits == 6) {
      hour = take(2);
      moment_.minute = take(2);
      if (digits == 6) moment_.second = take(2);
    } else {
      if (!take_short(hour)) return false;
      std::optional<int> minute, second;
      if (skip(':') && !take_short(minute)) return false;
      if (minute && skip(':') && !take_short(second)) return false;
      moment_.minute = minute.value_or(0);
      moment_.second = second.value_or(0);
      if (!minute && !rest_.empty() && rest_.front() != 'Z') return false;
    }
    if (moment_.day) moment_.hour = hour;
    if (skip('.') || skip(',')) take_fraction();
    return half_day() && zone();
  }

  void take_fraction() { rest_.remove_prefix(digits_ahead()); }

  bool half_day() {
    skip_spaces();
    const bool morning = starts_with_ignoring_case(rest_, "am");
    if (!morning && !starts_with_ignoring_case(rest_, "pm")) return true;
    rest_.remove_prefix(2);
    if (!moment_.hour) return true;
    if (*moment_.hour < 1 || *moment_.hour > 12) return false;
    moment_.hour = *moment_.hour % 12 + (morning ? 0 : 12);
    return true;
  }

  bool zone() {
    skip_spaces();
    if (rest_.empty()) return true;
    std::size_t letters = 0;
    while (letters < rest_.size() && is_ascii_letter(rest_[letters])) ++letters;
    if (letters > 0) {
      const std::string name = ascii_lower(rest_.substr(0, letters));
      const auto offset = offset_of_zone(name);
      if (!offset && !is_vague_zone(name)) return false;
      rest_.remove_prefix(letters);
      moment_.offset_minutes = offset;
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
    const std::size_t digits = digits_ahead();
    int minutes = 0;
    if (digits == 4) {
      minutes = take(2) * 60;
      minutes += take(2);
    } else {
      std::optional<int> hours, more;
      if (!take_short(hours)) return false;
      minutes = *hours * 60;
      if (skip(':')) {
        if (!take_short(more)) return false;
        minutes += *more;
      }
    }
    if (minutes > 24 * 60) return false;
    moment_.offset_minutes = sign * minutes;
    return true;
  }

  std::string_view rest_;
  Moment moment_;
};

}  // namespace

std::optional<Moment> read_numeric_date(std::string_view text) {
  return Reader{text}.date();
}

}  // namespace stubkeeper::crawler
