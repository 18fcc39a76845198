#include <array>
#include <initializer_list>
#include <utility>

#include "base/text/ascii.h"
#include "base/text/calendar_words.h"

namespace stubkeeper {
namespace {

// The year before the first of an era of Japan.
constexpr auto eras =
    std::to_array<std::pair<std::string_view, int>>({{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}});

class EastAsianDateReader {
 public:
  explicit EastAsianDateReader(std::string_view text) : text_(text), rest_(text) {}

  std::optional<EastAsianDate> read() {
    const int year_before_era = read_era();
    if (!read_part(date_.year, year_before_era == 0 ? 4 : 1, 4, {"年", "년"})) return std::nullopt;
    *date_.year += year_before_era;
    if (!read_part(date_.month, 1, 2, {"月", "월"})) return std::nullopt;
    read_part(date_.day, 1, 2, {"日", "号", "號", "일"});
    return EastAsianDate{date_, text_.size() - rest_.size()};
  }

 private:
  int read_era() {
    for (const auto& [name, year_before] : eras) {
      if (!rest_.starts_with(name)) continue;
      rest_.remove_prefix(name.size());
      return year_before;
    }
    return 0;
  }

  // A digit of ASCII, or a wide one (U+FF10 to U+FF19); -1 for none.
  int read_digit() {
    if (!rest_.empty() && is_ascii_digit(rest_.front())) {
      const int digit = rest_.front() - '0';
      rest_.remove_prefix(1);
      return digit;
    }
    constexpr int first_wide_digit = 0x90;
    const int last = rest_.size() < 3 ? 0 : static_cast<unsigned char>(rest_[2]);
    if (!rest_.starts_with("\xEF\xBC") || last < first_wide_digit || last > first_wide_digit + 9) return -1;
    rest_.remove_prefix(3);
    return last - first_wide_digit;
  }

  // A number and the sign behind it; reads nothing where one of them is missing.
  bool read_part(std::optional<int>& part, int min_digits, int max_digits,
                 std::initializer_list<std::string_view> signs) {
    const std::string_view before = rest_;
    skip_spaces();
    int value = 0;
    int digits = 0;
    for (int digit = read_digit(); digit >= 0 && digits <= max_digits; digit = read_digit()) {
      value = value * 10 + digit;
      ++digits;
    }
    skip_spaces();
    if (digits >= min_digits && digits <= max_digits) {
      for (const std::string_view sign : signs) {
        if (!rest_.starts_with(sign)) continue;
        rest_.remove_prefix(sign.size());
        part = value;
        return true;
      }
    }
    rest_ = before;
    return false;
  }

  void skip_spaces() {
    while (!rest_.empty() && is_ascii_space(rest_.front())) rest_.remove_prefix(1);
  }

  std::string_view text_;
  std::string_view rest_;
  PartialDateTime date_;
};

}  // namespace

std::optional<EastAsianDate> read_east_asian_date(std::string_view text) {
  return EastAsianDateReader{text}.read();
}

}  // namespace stubkeeper
