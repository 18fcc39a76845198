#include <algorithm>
#include <array>
#include <chrono>

#include "base/clock.h"
#include "base/text/ascii.h"
#include "base/text/calendar_words.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "base/text/words.h"

namespace stubkeeper {
namespace {

bool is_year(std::string_view word) {
  return word.size() == 4 && is_all_digits(word) && (word.starts_with("19") || word.starts_with("20"));
}

// The day that a word names, 1..31, or 0: "7", "07", "7th".
int parse_day(std::string_view word) {
  for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
    if (word.size() > 2 && word.ends_with(ending)) word.remove_suffix(2);
  }
  return word.size() > 2 ? 0 : parse_number<int>(word, 0, 31).value_or(0);
}

int parse_month_number(std::string_view word) {
  return word.size() > 2 ? 0 : parse_number<int>(word, 0, 12).value_or(0);
}

std::string format_date(std::string_view year, int month, int day) {
  return std::string{year} + "-" + format_two_digits(month) + (day == 0 ? "" : "-" + format_two_digits(day));
}

class DateParser {
 public:
  explicit DateParser(std::string_view text) : text_(text), words_(split_words(text)) {}

  std::vector<DateMention> find() {
    while (at_ < words_.size()) {
      if (!parse_numeric() && !parse_month_first() && !parse_day_first() && !parse_part_of_year()) ++at_;
    }
    return std::move(found_);
  }

 private:
  std::string_view word(std::size_t step) const {
    return at_ + step < words_.size() ? words_[at_ + step].text : std::string_view{};
  }
  // The text between the word at `step` and the one before it.
  std::string_view gap(std::size_t step) const {
    if (at_ + step >= words_.size()) return {};
    const std::size_t begin = words_[at_ + step - 1].end();
    return text_.substr(begin, words_[at_ + step].begin - begin);
  }
  // Whether only spaces, commas and full stops part the words up to `step`.
  bool is_one_phrase(std::size_t step) const {
    for (std::size_t i = 1; i <= step; ++i) {
      const std::string_view between = gap(i);
      if (between.find_first_not_of(" ,.\xC2\xA0\n") != std::string_view::npos) return false;
    }
    return true;
  }

  bool add_mention(std::size_t count, std::string date, std::string other = "") {
    found_.push_back({std::move(date), std::move(other), words_[at_].begin, words_[at_ + count - 1].end()});
    at_ += count;
    return true;
  }

  // "2026-05-07", "2026-05", "2026/05/07", "07.05.2026", "05/07/2026".
  bool parse_numeric() {
    const std::string_view sign = gap(1);
    if (sign != "-" && sign != "/" && sign != ".") return false;
    if (is_year(word(0))) {
      const int month = parse_month_number(word(1));
      if (month == 0 || word(1).size() != 2 || sign == ".") return false;
      const bool has_day = gap(2) == sign && parse_day(word(2)) != 0 && word(2).size() >= 2;
      // A time of day may follow at once: "2026-05-07T10:00".
      if (has_day) return add_mention(3, format_date(word(0), month, parse_day(word(2))));
      const bool before_time =
          gap(2) == sign && word(2).size() > 2 && parse_day(word(2).substr(0, 2)) != 0 && word(2)[2] == 'T';
      if (before_time) return add_mention(3, format_date(word(0), month, parse_day(word(2).substr(0, 2))));
      return sign == "-" && add_mention(2, format_date(word(0), month, 0));
    }
    if (sign == "-" || gap(2) != sign || !is_year(word(2))) return false;
    const int first = parse_day(word(0));
    const int second = parse_day(word(1));
    if (first == 0 || second == 0 || !is_all_digits(word(0)) || !is_all_digits(word(1))) return false;
    const std::string day_first = format_date(word(2), second, first);
    const std::string month_first = format_date(word(2), first, second);
    switch (number_order(first, second, sign[0])) {
      case NumberOrder::day_first:
        return add_mention(3, day_first);
      case NumberOrder::month_first:
        return add_mention(3, month_first);
      case NumberOrder::either:
        return add_mention(3, month_first, day_first);
      case NumberOrder::neither:
        break;
    }
    return false;
  }

  // "May 7, 2026", "May 2026", "May 7". A month has a capital: "may" is a verb.
  bool parse_month_first() {
    const int month = month_at(0);
    if (month == 0) return false;
    if (is_year(word(1)) && is_one_phrase(1)) return add_mention(2, format_date(word(1), month, 0));
    const int day = parse_day(word(1));
    if (day == 0 || !is_one_phrase(1)) return false;
    if (is_year(word(2)) && is_one_phrase(2)) return add_mention(3, format_date(word(2), month, day));
    return gap(1) == " " && add_mention(2, "--" + format_two_digits(month) + "-" + format_two_digits(day));
  }

  // "7 May 2026", "7th of May 2026", "7 May".
  bool parse_day_first() {
    const int day = parse_day(word(0));
    if (day == 0) return false;
    const std::size_t step = word(1) == "of" ? 2 : 1;
    const int month = month_at(step);
    if (month == 0 || !is_one_phrase(step)) return false;
    if (is_year(word(step + 1)) && is_one_phrase(step + 1))
      return add_mention(step + 2, format_date(word(step + 1), month, day));
    return add_mention(step + 1, "--" + format_two_digits(month) + "-" + format_two_digits(day));
  }

  // "Q2 2026", "H1 2026", "second quarter of 2026", "first half 2026".
  bool parse_part_of_year() {
    static constexpr std::array ordinals =
        std::to_array<std::string_view>({"first", "second", "third", "fourth"});
    std::string part;
    std::size_t step = 1;
    const std::string folded = ascii_lower(word(0));
    if (folded.size() == 2 && ((folded[0] == 'q' && folded[1] >= '1' && folded[1] <= '4') ||
                               (folded[0] == 'h' && folded[1] >= '1' && folded[1] <= '2'))) {
      part = std::string{static_cast<char>(folded[0] - 32), folded[1]};
    } else {
      const auto ordinal = std::find(ordinals.begin(), ordinals.end(), folded);
      const std::string kind = ascii_lower(word(1));
      if (ordinal == ordinals.end() || (kind != "quarter" && kind != "half")) return false;
      part = (kind == "quarter" ? "Q" : "H") + std::to_string(ordinal - ordinals.begin() + 1);
      step = 2;
    }
    if (word(step) == "of") ++step;
    return is_year(word(step)) && is_one_phrase(step) &&
           add_mention(step + 1, std::string{word(step)} + "-" + part);
  }

  int month_at(std::size_t step) const {
    return !word(step).empty() && is_ascii_upper(word(step)[0]) ? parse_english_month(ascii_lower(word(step)))
                                                                : 0;
  }

  std::string_view text_;
  std::vector<Word> words_;
  std::size_t at_ = 0;
  std::vector<DateMention> found_;
};

// Whether a month ("2026-05") lies in a quarter or half of a year ("2026-Q2").
bool is_within(std::string_view month, std::string_view part) {
  const auto number = parse_digits(month, 5, 2);
  if (!number || month.substr(0, 4) != part.substr(0, 4)) return false;
  const int length = part[5] == 'Q' ? 3 : 6;
  return (*number - 1) / length + 1 == part[6] - '0';
}

std::optional<std::chrono::sys_days> latest_day(std::string_view date) {
  const auto year = parse_digits(date, 0, 4);
  if (!year) return std::nullopt;
  const std::chrono::year calendar_year{*year};
  const std::chrono::month month{static_cast<unsigned>(parse_digits(date, 5, 2).value_or(12))};
  const std::chrono::year_month_day_last last{calendar_year, month / std::chrono::last};
  if (!last.ok()) return std::nullopt;
  const auto day = parse_digits(date, 8, 2);
  if (!day) return std::chrono::sys_days{last};
  const std::chrono::year_month_day whole{calendar_year, month,
                                          std::chrono::day{static_cast<unsigned>(*day)}};
  return whole.ok() ? std::optional{std::chrono::sys_days{whole}} : std::nullopt;
}

}  // namespace

std::vector<DateMention> find_dates(std::string_view text) {
  return DateParser{text}.find();
}

std::vector<std::string> find_calendar_dates(std::string_view text) {
  std::vector<std::string> dates;
  for (const DateMention& mention : find_dates(text)) {
    if (is_ascii_digit(mention.date[0]) && is_ascii_digit(mention.date[5])) dates.push_back(mention.date);
  }
  return dates;
}

std::vector<std::string> find_years(std::string_view text) {
  std::vector<std::string> years;
  for (const Word& word : split_words(text)) {
    const bool in_number = word.begin > 0 && (text[word.begin - 1] == ',' || text[word.begin - 1] == '.');
    if (is_year(word.text) && !in_number) years.emplace_back(word.text);
  }
  return years;
}

bool is_date_stated(std::string_view date, const std::vector<std::string>& known) {
  const bool part = date.size() == 7 && (date[5] == 'Q' || date[5] == 'H');
  return std::any_of(known.begin(), known.end(), [&](const std::string& other) {
    if (other.starts_with(date)) return true;
    if (part) return is_within(other, date);
    // "on 7 May" of a document of 2026 states 2026-05-07, and the other way round.
    if (date.starts_with("--")) return other.size() >= 10 && other.substr(5, 5) == date.substr(2);
    if (!other.starts_with("--") || date.size() < 7 || other.substr(2, date.size() - 5) != date.substr(5))
      return false;
    return std::any_of(known.begin(), known.end(),
                       [&](const std::string& year) { return year.starts_with(date.substr(0, 4)); });
  });
}

std::string_view iso_date_prefix(std::string_view text) {
  if (!parse_digits(text, 0, 4)) return {};
  if (!parse_digits(text, 5, 2) || text[4] != '-') return text.substr(0, 4);
  return parse_digits(text, 8, 2) && text[7] == '-' ? text.substr(0, 10) : text.substr(0, 7);
}

bool is_iso_date(std::string_view text) {
  const std::string day = std::string{text} + (text.size() == 4 ? "-01-01" : text.size() == 7 ? "-01" : "");
  return day.size() == 10 && parse_rfc3339(day).has_value();
}

bool is_later_date(std::string_view date, std::string_view other) {
  const std::size_t known = std::min(date.size(), other.size());
  return date.substr(0, known) > other.substr(0, known);
}

std::optional<std::int64_t> day_difference(std::string_view from, std::string_view to) {
  const auto first = latest_day(from);
  const auto last = latest_day(to);
  if (!first || !last) return std::nullopt;
  return (*last - *first).count();
}

}  // namespace stubkeeper
