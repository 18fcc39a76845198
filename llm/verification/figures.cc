#include "llm/verification/figures.h"

#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

constexpr std::size_t max_following_words = 4;

// Bytes of a space of any kind at a place: plain, no-break, thin, narrow no-break; 0 for none.
std::size_t space_at(std::string_view text, std::size_t at) {
  if (text.substr(at, 1) == " ") return 1;
  if (text.substr(at, 2) == "\xC2\xA0") return 2;
  if (text.substr(at, 3) == "\xE2\x80\x89" || text.substr(at, 3) == "\xE2\x80\xAF") return 3;
  return 0;
}

bool digits_at(std::string_view text, std::size_t at, std::size_t count) {
  for (std::size_t i = at; i < at + count; ++i) {
    if (i >= text.size() || !is_ascii_digit(text[i])) return false;
  }
  return at + count >= text.size() || !is_ascii_digit(text[at + count]);
}

// A decimal without leading and trailing zeros, its point moved to the right.
std::string scaled(std::string number, int zeros) {
  const std::size_t point = number.find('.');
  std::string fraction = point == std::string::npos ? "" : number.substr(point + 1);
  std::string whole = number.substr(0, point);
  for (; zeros > 0; --zeros) {
    whole += fraction.empty() ? '0' : fraction.front();
    if (!fraction.empty()) fraction.erase(0, 1);
  }
  while (fraction.ends_with('0')) fraction.pop_back();
  const std::size_t first = std::min(whole.find_first_not_of('0'), whole.size());
  whole.erase(0, first);
  if (whole.empty()) whole = "0";
  return fraction.empty() ? whole : whole + "." + fraction;
}

class FigureParser {
 public:
  explicit FigureParser(std::string_view text) : text_(text) {}

  // The figure that begins at a digit.
  Figure parse(std::size_t begin) {
    at_ = begin;
    figure_ = {};
    figure_.begin = begin;
    std::string digits = parse_digits();
    parse_currency_before(begin);
    parse_suffix(std::move(digits), 0);
    if (is_negative(begin)) figure_.number.insert(0, "-");
    return std::move(figure_);
  }

  // The same for a value in words that ends at a place, "twenty-four", with its scale.
  Figure parse_words(std::size_t begin, std::size_t end, const std::string& value, int zeros) {
    at_ = end;
    figure_ = {};
    figure_.begin = begin;
    parse_suffix(value, zeros);
    return std::move(figure_);
  }

  std::size_t end() const { return at_; }

 private:
  // Separators of thousands are left out: commas, spaces and apostrophes before three digits. A
  // lone comma before one or two is a decimal one.
  std::string parse_digits() {
    std::string digits;
    const std::size_t begin = at_;
    while (at_ < text_.size()) {
      if (is_ascii_digit(text_[at_])) {
        digits += text_[at_++];
        continue;
      }
      const bool digit_next = at_ + 1 < text_.size() && is_ascii_digit(text_[at_ + 1]);
      if ((text_[at_] == '.' || text_[at_] == ',') && digit_next) {
        const bool decimal =
            text_[at_] == '.' || (digits.size() == at_ - begin && !digits_at(text_, at_ + 1, 3) &&
                                  text_.substr(at_ + 1).find(',') > 2);
        if (decimal) digits += '.';
        ++at_;
        continue;
      }
      const std::size_t sign = text_[at_] == '\'' ? 1 : space_at(text_, at_);
      const bool grouped = sign != 0 && at_ - begin <= 3 + (digits.size() > 3 ? at_ : 0) &&
                           digits.find('.') == std::string::npos && digits_at(text_, at_ + sign, 3);
      if (!grouped) break;
      at_ += sign;
    }
    // More than one point: "1.000.000" parts thousands.
    if (std::count(digits.begin(), digits.end(), '.') > 1) std::erase(digits, '.');
    return digits;
  }

  void parse_currency_before(std::size_t begin) {
    std::size_t end = begin;
    while (end > 0 && text_[end - 1] == ' ' && begin - end < 1) --end;
    // "US$", "€", "EUR ".
    std::size_t start = end;
    while (start > 0 && end - start < 6 && (is_letter_byte(text_[start - 1]) || text_[start - 1] == '$'))
      --start;
    while (start < end) {
      const std::string_view word = text_.substr(start, end - start);
      const bool code = end == begin || word.size() == 3;
      if (const std::string currency = normalize_currency(word); code && !currency.empty()) {
        figure_.currency = currency;
        figure_.begin = start;
        return;
      }
      // Not "hard" of "EUR" within a word, but the sign after letters: "B$" of an unknown dollar.
      ++start;
      while (start < end && is_utf8_continuation(text_[start])) ++start;
      if (start < end && is_ascii_letter(text_[start]))
        start = std::min(end, text_.find_first_of("$\xC2\xE2", start));
    }
  }

  bool is_negative(std::size_t begin) const {
    const std::string_view before = text_.substr(0, begin);
    const bool ascii = before.ends_with('-');
    if (!ascii && !before.ends_with("\xE2\x88\x92")) return false;
    const std::string_view sign_before = before.substr(0, before.size() - (ascii ? 1 : 3));
    return sign_before.empty() || sign_before.ends_with(' ') || sign_before.ends_with('(');
  }

  struct NextToken {
    std::string_view word;
    std::size_t end = 0;
    bool attached = false;
  };
  // The word or sign after the figure, at most a space or a hyphen away.
  NextToken next() const {
    std::size_t at = at_;
    if (const std::size_t space = space_at(text_, at); space != 0) {
      at += space;
    } else if (text_.substr(at, 1) == "-" && at + 1 < text_.size() && is_letter_byte(text_[at + 1])) {
      ++at;
    }
    if (text_.substr(at, 1) == "%") return {text_.substr(at, 1), at + 1, at == at_};
    if (text_.substr(at, 1) == "$") return {text_.substr(at, 1), at + 1, at == at_};
    std::size_t end = at;
    while (end < text_.size() && is_letter_byte(text_[end]) && text_.substr(end, 2) != "\xC2\xA0" &&
           text_.substr(end, 2) != "\xE2\x80" && text_.substr(end, 3) != "\xC3\x97")
      ++end;
    // "31 H100 cards" has no hours.
    if (end < text_.size() && is_ascii_digit(text_[end])) return {text_.substr(at, 0), at, at == at_};
    // "Wh/kg", "kilowatt-hours", but not "and/or" or "fixed-term".
    if (end > at && end + 1 < text_.size() && (text_[end] == '/' || text_[end] == '-') &&
        is_letter_byte(text_[end + 1])) {
      std::size_t longer = end + 1;
      while (longer < text_.size() && is_letter_byte(text_[longer])) ++longer;
      if (!normalize_unit(text_.substr(at, longer - at)).empty()) end = longer;
    }
    return {text_.substr(at, end - at), end, at == at_};
  }

  void parse_suffix(std::string digits, int zeros) {
    const std::size_t number_end = at_;
    NextToken following = next();
    // "24 million", "24M", "2 hundred thousand" does not occur. A scale of one letter counts for
    // money, or where it is attached to the number: "24k".
    for (int rounds = 0; rounds < 2; ++rounds) {
      const bool letter = following.word.size() == 1;
      // "24 m" and "24m" are metres as well; see has_same_value.
      const bool certain =
          !letter || !figure_.currency.empty() ||
          (following.attached && following.word != "m" && following.word != "t" && following.word != "K");
      const int more =
          certain ? scale_exponent(following.word, following.attached || !figure_.currency.empty()) : 0;
      if (more == 0 || (following.word.size() == 2 && more == 6 && figure_.currency.empty() &&
                        !normalize_unit(following.word).empty()))
        break;
      zeros += more;
      at_ = following.end;
      following = next();
    }
    if (figure_.currency.empty()) parse_currency_after(following);
    figure_.digits = scaled(digits, 0);
    figure_.number = scaled(std::move(digits), zeros);
    parse_unit(following);
    const std::size_t end = std::max(at_, number_end);
    figure_.text = std::string{text_.substr(figure_.begin, end - figure_.begin)};
    for (const Word& word : split_words(text_.substr(end, 60))) {
      if (figure_.following.size() == max_following_words || is_ascii_digit(word.text[0])) break;
      figure_.following.insert(ascii_lower(word.text));
    }
  }

  void parse_currency_after(NextToken& following) {
    std::string_view word = following.word;
    NextToken last = following;
    if (word == "US" || word == "Swiss" || word == "Canadian" || word == "Australian" || word == "British") {
      const std::size_t back = at_;
      at_ = following.end;
      last = next();
      at_ = back;
      if (word == "Canadian" && last.word == "dollars") {
        figure_.currency = "cad";
      } else if (word == "Australian" && last.word == "dollars") {
        figure_.currency = "aud";
      } else {
        figure_.currency = normalize_currency(last.word);
      }
    } else {
      figure_.currency = normalize_currency(word);
    }
    if (figure_.currency.empty()) return;
    at_ = last.end;
    following = next();
  }

  void parse_unit(const NextToken& following) {
    std::string_view word = following.word;
    std::size_t end = following.end;
    if (equals_ignoring_case(word, "per") && text_.substr(end, 5) == " cent") {
      figure_.unit = "%";
      end += 5;
    } else if (word.empty() && (text_.substr(at_, 2) == "\xC3\x97")) {
      figure_.unit = "times";
      end = at_ + 2;
    } else if (word == "%" || equals_ignoring_case(word, "percent")) {
      figure_.unit = "%";
    } else {
      figure_.unit = normalize_unit(word);
    }
    if (figure_.unit == "%" || equals_ignoring_case(word, "percentage")) {
      for (const std::string_view points : {" points", " point"}) {
        const bool behind = text_.substr(end).starts_with(points);
        if (!behind) continue;
        figure_.unit = "pp";
        end += points.size();
        break;
      }
    }
    figure_.is_measure = !figure_.unit.empty();
    if (figure_.is_measure) {
      at_ = end;
      return;
    }
    const std::string folded = ascii_lower(word);
    if (is_function_word(folded)) return;
    static constexpr std::array staff = std::to_array<std::string_view>(
        {"employee", "employees", "staff", "workers", "staffers", "headcount"});
    figure_.unit = contains(staff, folded) ? "employees" : folded;
    if (figure_.currency.empty() && !word.empty()) at_ = end;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Figure figure_;
};

// Numbers in words from the word at `i` on: "twenty-four", "two hundred", "three million". Gives
// how many words they are, 0 for none.
struct NumberWords {
  std::size_t words = 0;
  int value = 0;
};
NumberWords parse_number_words(std::string_view text, const std::vector<Word>& words, std::size_t i) {
  // "one million" is a number; "one" alone is mostly an article.
  const bool is_one_of_scale = equals_ignoring_case(words[i].text, "one") && i + 1 < words.size() &&
                               words[i + 1].text.size() > 2 && scale_exponent(words[i + 1].text, false) > 0;
  const auto value = is_one_of_scale ? std::optional{1} : parse_number_word(words[i].text);
  if (!value) return {};
  NumberWords number_words{1, *value};
  if (*value >= 20 && *value % 10 == 0 && i + 1 < words.size()) {
    const std::string_view gap = text.substr(words[i].end(), words[i + 1].begin - words[i].end());
    const bool is_one = equals_ignoring_case(words[i + 1].text, "one");
    const auto ones = is_one ? std::optional{1} : parse_number_word(words[i + 1].text);
    if (ones && *ones < 10 && (gap == "-" || gap == " ")) return {2, *value + *ones};
  }
  return number_words;
}

// "10–20 MW", "between 10 and 20 MW", "10 to 20 MW": the first end has the unit of the second.
void complete_ranges(std::string_view text, std::vector<Figure>& figures) {
  for (std::size_t i = 0; i + 1 < figures.size(); ++i) {
    Figure& first = figures[i];
    const Figure& second = figures[i + 1];
    const std::size_t first_end = first.begin + first.text.size();
    if (first_end > second.begin || second.begin - first_end > 5) continue;
    const std::string_view between = text.substr(first_end, second.begin - first_end);
    const bool within = text.substr(0, first.begin).ends_with("between ");
    const bool is_range = between == "-" || between == "\xE2\x80\x93" || between == "\xE2\x80\x94" ||
                          between == " to " || between == " \xE2\x80\x93 " || between == " - " ||
                          (between == " and " && within);
    if (!is_range) continue;
    if (first.currency.empty()) first.currency = second.currency;
    if (second.currency.empty()) figures[i + 1].currency = first.currency;
    if (first.is_measure) continue;
    first.unit = second.unit;
    first.is_measure = second.is_measure;
    first.following = second.following;
    // "$10–20 million" is 10 million at least.
    if (first.number == first.digits && second.number != second.digits) {
      const std::size_t zeros =
          second.number.find('.') == std::string::npos && second.digits.find('.') == std::string::npos
              ? second.number.size() - second.digits.size()
              : 0;
      if (zeros > 0) first.number = scaled(first.digits, static_cast<int>(zeros));
    }
  }
}

}  // namespace

std::vector<Figure> find_figures(std::string_view text) {
  std::vector<Figure> figures;
  FigureParser parser{text};
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins =
        is_ascii_digit(text[i]) &&
        (i == 0 || !is_letter_byte(text[i - 1]) || !parser.parse(i).currency.empty() ||
         text.substr(0, i).ends_with("\xC2\xA0") ||
         (i >= 3 && (text.substr(i - 3, 2) == "\xE2\x80" || text.substr(i - 3, 3) == "\xE2\x88\x92")));
    if (!begins) {
      // The rest of a name such as "H100" or "3D" is no figure.
      if (is_ascii_digit(text[i]))
        while (i + 1 < text.size() && is_ascii_digit(text[i + 1])) ++i;
      continue;
    }
    figures.push_back(parser.parse(i));
    i = std::max(i + 1, parser.end()) - 1;
  }
  return figures;
}

std::vector<Figure> find_stated_figures(std::string_view text) {
  std::string without_dates{text};
  for (const DateMention& date : find_dates(text))
    std::fill(without_dates.begin() + static_cast<std::ptrdiff_t>(date.begin),
              without_dates.begin() + static_cast<std::ptrdiff_t>(date.end), '\n');
  const std::string_view rest{without_dates};
  std::vector<Figure> figures = find_figures(rest);
  const auto words = split_words(rest);
  FigureParser parser{rest};
  for (std::size_t i = 0; i < words.size(); ++i) {
    const NumberWords number_words = parse_number_words(rest, words, i);
    if (number_words.words == 0) continue;
    const std::size_t last = i + number_words.words - 1;
    figures.push_back(
        parser.parse_words(words[i].begin, words[last].end(), std::to_string(number_words.value), 0));
    i = last;
  }
  std::stable_sort(figures.begin(), figures.end(),
                   [](const Figure& a, const Figure& b) { return a.begin < b.begin; });
  complete_ranges(rest, figures);
  for (Figure& figure : figures)
    figure.bound = find_bound(rest, figure.begin, figure.begin + figure.text.size());
  return figures;
}

bool has_same_value(const Figure& a, const Figure& b) {
  if (a.number == b.number) return true;
  // A lone "m" or "t" or "K" may be a unit or a scale.
  const auto may_be = [](const Figure& figure, const Figure& other) {
    if (figure.unit == "m") return scaled(figure.digits, 6) == other.number;
    if (figure.unit == "k") return scaled(figure.digits, 3) == other.number;
    return figure.unit == "t" && scaled(figure.digits, 12) == other.number;
  };
  return may_be(a, b) || may_be(b, a);
}

bool has_same_unit(const Figure& a, const Figure& b) {
  if (a.unit == b.unit) return true;
  const auto behind = [](const Figure& figure, const Figure& other) {
    return !other.unit.empty() && figure.following.contains(other.unit);
  };
  return behind(a, b) || behind(b, a);
}

}  // namespace stubkeeper::llm
