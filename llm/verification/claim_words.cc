#include "llm/verification/claim_words.h"

#include <algorithm>
#include <array>

#include "schema/base/ascii.h"

namespace stubkeeper::llm {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_letter(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}
bool is_word(char c) {
  return is_letter(c) || is_digit(c);
}

struct Word {
  std::string_view text;
  std::size_t begin = 0;
};

// The general punctuation block (quotation marks, dashes, ellipsis) parts words, as ASCII punctuation does.
bool is_general_punctuation(std::string_view text, std::size_t at) {
  return text.substr(at, 2) == "\xE2\x80" || text.substr(at, 2) == "\xE2\x81";
}

std::vector<Word> split(std::string_view text) {
  std::vector<Word> words;
  for (std::size_t i = 0; i < text.size();) {
    if (is_general_punctuation(text, i)) {
      i += 3;
      continue;
    }
    if (!is_word(text[i])) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < text.size() && is_word(text[i]) && !is_general_punctuation(text, i)) ++i;
    words.push_back({text.substr(begin, i - begin), begin});
  }
  return words;
}

constexpr std::array currencies =
    std::to_array<std::string_view>({"$", "\xE2\x82\xAC", "\xC2\xA3", "\xC2\xA5"});
constexpr std::array currency_codes = std::to_array<std::string_view>(
    {"usd", "eur", "gbp", "jpy", "chf", "cny", "dollars", "euros", "pounds", "yen", "francs"});

constexpr std::array months =
    std::to_array<std::string_view>({"january", "february", "march", "april", "may", "june", "july", "august",
                                     "september", "october", "november", "december"});

int month_of(std::string_view word) {
  const std::string folded = ascii_lower(word);
  if (folded.size() < 3) return 0;
  for (std::size_t i = 0; i < months.size(); ++i) {
    const bool short_form = folded.size() <= 4 && months[i].starts_with(folded.substr(0, 3)) &&
                            (folded.size() == 3 || folded == "sept" || folded == months[i]);
    if (folded == months[i] || short_form) return static_cast<int>(i) + 1;
  }
  return 0;
}

bool is_year(std::string_view word) {
  return word.size() == 4 && std::all_of(word.begin(), word.end(), is_digit) &&
         (word.starts_with("19") || word.starts_with("20"));
}

bool is_day(std::string_view word) {
  return !word.empty() && word.size() <= 2 && std::all_of(word.begin(), word.end(), is_digit) &&
         word != "0" && word != "00" && (word.size() == 1 || word <= "31");
}

std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}
std::string two_digits(std::string_view number) {
  return number.size() < 2 ? "0" + std::string{number} : std::string{number};
}

bool contains_any(const std::set<std::string>& words, std::initializer_list<const char*> wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const char* word) { return words.contains(word); });
}

std::vector<std::string> those_in(const std::set<std::string>& words,
                                  std::initializer_list<const char*> wanted) {
  std::vector<std::string> found;
  for (const char* word : wanted) {
    if (words.contains(word)) found.emplace_back(word);
  }
  return found;
}

}  // namespace

std::vector<Figure> figures_in(std::string_view text) {
  std::vector<Figure> figures;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(text[i]) || (i > 0 && (is_word(text[i - 1])))) continue;
    Figure figure;
    std::size_t end = i;
    while (end < text.size()) {
      const bool separator =
          (text[end] == ',' || text[end] == '.') && end + 1 < text.size() && is_digit(text[end + 1]);
      if (!is_digit(text[end]) && !separator) break;
      if (text[end] != ',') figure.number += text[end];
      ++end;
    }
    for (const std::string_view sign : currencies) {
      if (text.substr(0, i).ends_with(sign)) figure.currency = std::string{sign};
    }
    std::size_t after = end;
    if (text.substr(after, 1) == "%") {
      figure.unit = "%";
    } else {
      while (after < text.size() && (text[after] == ' ' || text[after] == '-')) ++after;
      std::size_t unit_end = after;
      while (unit_end < text.size() && is_letter(text[unit_end])) ++unit_end;
      if (after - end <= 1) figure.unit = ascii_lower(text.substr(after, unit_end - after));
      if (std::find(currency_codes.begin(), currency_codes.end(), figure.unit) != currency_codes.end()) {
        figure.currency = figure.unit;
        figure.unit.clear();
      }
    }
    figures.push_back(std::move(figure));
    i = end - 1;
  }
  return figures;
}

std::vector<std::string> dates_in(std::string_view text) {
  std::vector<std::string> dates;
  const auto words = split(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto next = [&](std::size_t step) {
      return i + step < words.size() ? words[i + step].text : std::string_view{};
    };
    if (is_year(words[i].text) && text.substr(words[i].begin + 4, 1) == "-" && next(1).size() == 2 &&
        is_digit(next(1)[0])) {
      std::string date = std::string{words[i].text} + "-" + std::string{next(1)};
      if (text.substr(words[i].begin + 7, 1) == "-" && is_day(next(2)) && next(2).size() == 2)
        date += "-" + std::string{next(2)};
      dates.push_back(std::move(date));
      continue;
    }
    const int month = month_of(words[i].text);
    // "may" is a month only with a capital and a number beside it, which all forms below ask for.
    if (month == 0 || !is_upper(words[i].text[0])) continue;
    const std::string prefix = "-" + two_digits(month);
    if (is_day(next(1)) && is_year(next(2))) {
      dates.push_back(std::string{next(2)} + prefix + "-" + two_digits(next(1)));
    } else if (is_year(next(1))) {
      const bool day_before = i > 0 && is_day(words[i - 1].text);
      dates.push_back(std::string{next(1)} + prefix +
                      (day_before ? "-" + two_digits(words[i - 1].text) : ""));
    }
  }
  return dates;
}

std::vector<std::string> years_in(std::string_view text) {
  std::vector<std::string> years;
  for (const Word& word : split(text)) {
    const bool in_number = word.begin > 0 && (text[word.begin - 1] == ',' || text[word.begin - 1] == '.');
    if (is_year(word.text) && !in_number) years.emplace_back(word.text);
  }
  return years;
}

std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  bool sentence_begins = true;
  std::size_t last_end = 0;
  for (const Word& word : split(text)) {
    const std::string_view between = text.substr(last_end, word.begin - last_end);
    if (between.find_first_of(".!?:\"\n") != std::string_view::npos ||
        between.find("\xE2\x80\x9C") != std::string_view::npos)
      sentence_begins = true;
    last_end = word.begin + word.text.size();
    const bool capital = is_upper(word.text[0]);
    const bool inner =
        std::any_of(word.text.begin() + 1, word.text.end(), [](char c) { return is_upper(c); });
    const bool named = word.text.size() >= 2 && is_letter(word.text[0]) &&
                       ((capital && !sentence_begins) || inner) && month_of(word.text) == 0;
    sentence_begins = false;
    if (named && std::find(names.begin(), names.end(), word.text) == names.end())
      names.emplace_back(word.text);
  }
  return names;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const Word& word : split(text)) words.push_back(ascii_lower(word.text));
  return words;
}

std::set<std::string> word_set(std::string_view text) {
  const auto words = words_of(text);
  return {words.begin(), words.end()};
}

bool has_negation(const std::set<std::string>& words) {
  return contains_any(
      words, {"not",    "no",     "never", "none", "neither", "nor",     "without", "cannot", "denied",
              "denies", "failed", "fails", "isn",  "wasn",    "aren",    "weren",   "doesn",  "didn",
              "won",    "hasn",   "haven", "hadn", "couldn",  "shouldn", "wouldn"});
}

bool has_modality(const std::set<std::string>& words) {
  return contains_any(
      words, {"plans",    "plan",       "planned",     "planning", "will",      "would",     "could",
              "may",      "might",      "should",      "expects",  "expected",  "intends",   "intended",
              "aims",     "aiming",     "hopes",       "proposed", "proposes",  "potential", "potentially",
              "possible", "possibly",   "considering", "targets",  "targeting", "scheduled", "seeks",
              "seeking",  "reportedly", "allegedly"});
}

std::vector<std::string> superlatives_in(const std::set<std::string>& words) {
  return those_in(
      words, {"first", "largest", "biggest", "best", "only", "fastest", "leading", "highest", "lowest",
              "smallest", "strongest", "cheapest", "greatest", "most", "unique", "unprecedented", "record"});
}

std::vector<std::string> hype_in(const std::set<std::string>& words) {
  return those_in(words, {"revolutionary", "revolutionize", "revolutionizing", "groundbreaking", "disruptive",
                          "unparalleled", "amazing", "incredible", "breathtaking", "stunning", "magical",
                          "unrivaled", "unrivalled", "seamless", "seamlessly", "supercharge", "supercharging",
                          "unleash", "unleashing"});
}

bool reads_like_an_instruction(std::string_view text) {
  static constexpr std::array phrases = std::to_array<std::string_view>({"ignore previous",
                                                                         "ignore all previous",
                                                                         "ignore the above",
                                                                         "ignore all prior",
                                                                         "disregard previous",
                                                                         "disregard the above",
                                                                         "disregard all",
                                                                         "forget previous",
                                                                         "forget all previous",
                                                                         "you are an ai",
                                                                         "you are a language model",
                                                                         "as an ai language model",
                                                                         "as a language model",
                                                                         "system prompt",
                                                                         "your instructions",
                                                                         "new instructions",
                                                                         "previous instructions",
                                                                         "prior instructions",
                                                                         "instructions above",
                                                                         "do not follow",
                                                                         "respond only with",
                                                                         "reply only with",
                                                                         "output only",
                                                                         "ai assistant",
                                                                         "note to ai",
                                                                         "attention ai",
                                                                         "to all language models",
                                                                         "if you are an ai",
                                                                         "if you are a language model",
                                                                         "large language models reading"});
  const std::string folded = ascii_lower(text);
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](std::string_view phrase) { return folded.find(phrase) != std::string::npos; });
}

double likeness_of(const std::set<std::string>& a, const std::set<std::string>& b) {
  if (a.empty() || b.empty()) return 0;
  std::size_t common = 0;
  for (const std::string& word : a) common += b.contains(word) ? 1 : 0;
  return static_cast<double>(common) / static_cast<double>(a.size() + b.size() - common);
}

}  // namespace stubkeeper::llm
