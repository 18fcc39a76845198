#include "base/text/dates.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/text/ascii.h"
#include "base/text/calendar_words.h"
#include "base/text/words.h"

namespace stubkeeper {
namespace {

constexpr std::size_t max_date_bytes = 120;

struct Token {
  enum class Kind { number, word, mark } kind = Kind::mark;
  std::string text;  // folded by fold_case()
  int value = 0;     // of a number of up to four digits, else -1
};

std::vector<Token> tokenize(std::string_view text) {
  std::vector<Token> tokens;
  std::size_t at = 0;
  const auto run = [&](auto belongs) {
    const std::size_t begin = at;
    while (at < text.size() && belongs(text[at])) ++at;
    return ascii_lower(text.substr(begin, at - begin));
  };
  while (at < text.size()) {
    if (is_ascii_digit(text[at])) {
      std::string digits = run(is_ascii_digit);
      const int value = digits.size() <= 4 ? std::stoi(digits) : -1;
      tokens.push_back({Token::Kind::number, std::move(digits), value});
    } else if (is_letter_byte(text[at])) {
      tokens.push_back({Token::Kind::word, fold_case(run(is_letter_byte)), 0});
    } else {
      if (!is_ascii_space(text[at])) tokens.push_back({Token::Kind::mark, std::string{text[at]}, 0});
      ++at;
    }
  }
  return tokens;
}

// Reads a date with a month's name from its tokens, in whatever order they come.
class ProseDateParser {
 public:
  explicit ProseDateParser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  std::optional<PartialDateTime> parse() {
    while (at_ < tokens_.size()) {
      const Token& token = tokens_[at_];
      const bool understood = token.kind == Token::Kind::number ? number(token)
                              : token.kind == Token::Kind::word ? word(token.text)
                                                                : mark(token.text.front());
      if (!understood) return std::nullopt;
      ++at_;
    }
    if (!date_time_.year || !date_time_.month) return std::nullopt;
    if (!date_time_.day) date_time_.hour.reset();
    return date_time_;
  }

 private:
  const Token* token_after(std::size_t steps) const {
    return at_ + steps < tokens_.size() ? &tokens_[at_ + steps] : nullptr;
  }
  bool mark_after(std::size_t steps, char c) const {
    const Token* token = token_after(steps);
    return token != nullptr && token->kind == Token::Kind::mark && token->text.front() == c;
  }
  bool number_after(std::size_t steps) const {
    const Token* token = token_after(steps);
    return token != nullptr && token->kind == Token::Kind::number && token->value >= 0;
  }
  // "am" or "pm", also as "a.m.", `steps` on: how many tokens it takes; 0 where there is none.
  std::size_t meridiem_token_count(std::size_t steps, bool& afternoon) const {
    const Token* token = token_after(steps);
    if (token == nullptr || token->kind != Token::Kind::word) return 0;
    afternoon = token->text.front() == 'p';
    if (token->text == "am" || token->text == "pm") return 1;
    if (token->text != "a" && token->text != "p") return 0;
    const Token* m = token_after(steps + 2);
    if (!mark_after(steps + 1, '.') || m == nullptr || m->text != "m") return 0;
    return mark_after(steps + 3, '.') ? 4 : 3;
  }

  bool number(const Token& token) {
    if (token.value < 0) return false;
    if (!date_time_.hour && mark_after(1, ':') && number_after(2)) return time_of_day(token.value);
    bool afternoon = false;
    if (!date_time_.hour && token.text.size() <= 2 && meridiem_token_count(1, afternoon) > 0 &&
        (date_time_.day || date_time_.year)) {
      return time_of_day(token.value);
    }
    if (token.text.size() == 4) return set(date_time_.year, token.value);
    if (token.text.size() > 2) return false;
    if (!date_time_.day) return set(date_time_.day, token.value);
    if (!date_time_.month || token.text.size() != 2) return false;
    return set(date_time_.year, expand_two_digit_year(token.value));
  }

  bool time_of_day(int hour) {
    date_time_.hour = hour;
    if (mark_after(1, ':')) {
      date_time_.minute = tokens_[at_ + 2].value;
      at_ += 2;
      if (mark_after(1, ':') && number_after(2)) {
        date_time_.second = tokens_[at_ + 2].value;
        at_ += 2;
        if (mark_after(1, '.') && token_after(2) != nullptr && token_after(2)->kind == Token::Kind::number)
          at_ += 2;
      }
    }
    bool afternoon = false;
    if (const std::size_t meridiem_tokens = meridiem_token_count(1, afternoon); meridiem_tokens > 0) {
      if (hour < 1 || hour > 12) return false;
      date_time_.hour = hour % 12 + (afternoon ? 12 : 0);
      at_ += meridiem_tokens;
    }
    return true;
  }

  bool word(const std::string& text) {
    if (const auto month = parse_month_name(text)) {
      // "mar." is Tuesday before another month's name ("mar. 12 mai").
      if (date_time_.month && !month_may_be_weekday_) return false;
      date_time_.month = month;
      month_may_be_weekday_ = text == "mar";
      return true;
    }
    if (date_time_.hour && !date_time_.offset_minutes) {
      if (const auto offset = parse_zone_name(text)) {
        date_time_.offset_minutes = offset;
        return true;
      }
      if (is_ambiguous_zone(text)) return true;
    }
    const bool after_number = at_ > 0 && tokens_[at_ - 1].kind == Token::Kind::number;
    if (after_number &&
        (text == "st" || text == "nd" || text == "rd" || text == "th" || text == "er" || text == "º")) {
      return true;
    }
    return is_date_filler(text);
  }

  bool mark(char c) {
    const bool sign = c == '+' || c == '-';
    if (sign && date_time_.hour && number_after(1)) {
      const Token& digits = tokens_[at_ + 1];
      int offset = 0;
      if (digits.text.size() == 4) {
        offset = digits.value / 100 * 60 + digits.value % 100;
      } else if (digits.text.size() <= 2) {
        offset = digits.value * 60;
        if (mark_after(2, ':') && number_after(3)) {
          offset += tokens_[at_ + 3].value;
          at_ += 2;
        }
      } else {
        return false;
      }
      ++at_;
      if (offset > 24 * 60) return false;
      date_time_.offset_minutes = c == '-' ? -offset : offset;
      return true;
    }
    return c == ',' || c == '.' || c == '-' || c == '|' || c == '@' || c == ':';
  }

  static bool set(std::optional<int>& part, int value) {
    if (part) return false;
    part = value;
    return true;
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  PartialDateTime date_time_;
  bool month_may_be_weekday_ = false;
};

// RFC 822 comments, as in "09:30:00 -0400 (Eastern Daylight Time)".
std::string_view strip_comment(std::string_view text) {
  if (text.empty() || text.back() != ')') return text;
  const std::size_t open = text.rfind('(');
  return open == std::string_view::npos ? text : trim_ascii(text.substr(0, open));
}

// The day of the week and the time of day, which has no zone here.
bool is_rest_of_east_asian_date(std::string_view rest) {
  while (!rest.empty()) {
    std::size_t bytes = is_ascii_digit(rest.front()) || is_ascii_space(rest.front()) ? 1 : 0;
    for (const std::string_view part :
         {"(",  ")",  ":",    "（", "）", "：",   "曜日", "曜",   "星期", "周",   "月",
          "火", "水", "木",   "金", "土", "日",   "一",   "二",   "三",   "四",   "五",
          "六", "時", "时",   "分", "秒", "午前", "午後", "上午", "下午", "오전", "오후",
          "시", "분", "요일", "월", "화", "수",   "목",   "금",   "토",   "일"})
      if (rest.starts_with(part)) bytes = part.size();
    if (bytes == 0) return false;
    rest.remove_prefix(bytes);
  }
  return true;
}

}  // namespace

std::string parse_date(std::string_view text) {
  text = strip_comment(trim_ascii(text));
  if (text.empty() || text.size() > max_date_bytes) return "";
  if (const auto east = read_east_asian_date(text);
      east && is_rest_of_east_asian_date(text.substr(east->bytes)))
    return to_rfc3339(east->date);
  if (std::none_of(text.begin(), text.end(), is_ascii_digit)) return "";
  if (const auto date_time = parse_numeric_date(text)) return to_rfc3339(*date_time);
  const auto date_time = ProseDateParser{tokenize(text)}.parse();
  return date_time ? to_rfc3339(*date_time) : "";
}

std::string find_date(std::string_view text) {
  text = text.substr(0, 2000);
  const auto is_word_character = [](char c) { return is_ascii_digit(c) || is_letter_byte(c); };
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    if (!is_word_character(text[begin])) continue;
    // No spaces part such a date from the words before it.
    if (begin == 0 || !is_ascii_digit(text[begin - 1])) {
      const auto east = read_east_asian_date(text.substr(begin));
      if (std::string date = east ? to_rfc3339(east->date) : ""; !date.empty()) return date;
    }
    // Not from inside a word, nor from inside a version number or an address ("10.4.2026").
    if (begin > 0 && (is_word_character(text[begin - 1]) ||
                      std::string_view{"./-_"}.find(text[begin - 1]) != std::string_view::npos)) {
      continue;
    }
    // The longest run of words from here on that is a date, so that a time of day is not left
    // behind.
    std::string longest;
    std::size_t end = begin;
    for (int words = 0; words < 9 && end < text.size() && end - begin < 60; ++words) {
      while (end < text.size() && is_ascii_space(text[end])) ++end;
      while (end < text.size() && !is_ascii_space(text[end])) ++end;
      std::size_t trimmed = end;
      while (trimmed > begin && !is_word_character(text[trimmed - 1])) --trimmed;
      std::string date = parse_date(text.substr(begin, trimmed - begin));
      if (date.size() > longest.size()) longest = std::move(date);
    }
    if (longest.size() > 4) return longest;
  }
  return "";
}

}  // namespace stubkeeper
