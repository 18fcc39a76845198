#include "entries/edits/dated_groups.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text/ascii.h"
#include "base/text/calendar_words.h"
#include "base/text/strings.h"
#include "entries/markdown/headings.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

// Words that leave a heading one of a time.
constexpr std::array neutral_words = std::to_array<std::string_view>(
    {"in",         "year",    "years",  "the",     "of",       "during",   "most",         "recent",
     "recently",   "latest",  "newest", "current", "so",       "far",      "to",           "date",
     "ytd",        "and",     "news",   "events",  "updates",  "update",   "developments", "development",
     "highlights", "quarter", "half",   "first",   "second",   "third",    "fourth",       "early",
     "mid",        "late",    "fy",     "fiscal",  "calendar", "timeline", "milestones",   "announcements",
     "activity",   "jahr",    "im",     "bisher",  "neueste",  "neues",    "aktuell",      "entwicklungen",
     "année",      "en",      "año",    "anno"});

struct Token {
  std::string word;       // in lower case
  std::string separator;  // before it; of dashes '-', of brackets '('
};

bool is_word_character(char c) {
  return is_ascii_alphanumeric(c) || !is_ascii(c);
}

std::vector<Token> tokenize(std::string heading) {
  for (const std::string_view dash : {"–", "—", "‑", "−"})
    heading = replace_all(std::move(heading), dash, "-");
  for (const std::string_view dot : {"·", "•"}) heading = replace_all(std::move(heading), dot, ":");
  std::vector<Token> tokens;
  Token token;
  const auto finish = [&] {
    if (!token.word.empty()) tokens.push_back(std::exchange(token, {}));
  };
  for (const char c : heading) {
    if (is_word_character(c)) {
      token.word += to_ascii_lower(c);
      continue;
    }
    finish();
    token.separator += c;
  }
  finish();
  return tokens;
}

std::optional<int> year_of(std::string_view word) {
  if (word.starts_with("fy")) word.remove_prefix(2);
  if (word.size() != 4 || !std::all_of(word.begin(), word.end(), is_ascii_digit)) return std::nullopt;
  const int year = std::stoi(std::string{word});
  return year >= 1900 && year < 2100 ? std::optional{year} : std::nullopt;
}

// The months of "q1" or "h2"; 0 for another word.
struct Months {
  int first = 0;
  int last = 0;
};
Months months_of(std::string_view word) {
  if (const int month = parse_english_month(word); month != 0) return {month, month};
  if (word.size() != 2 || !is_ascii_digit(word[1])) return {};
  const int number = word[1] - '0';
  if (word[0] == 'q' && number >= 1 && number <= 4) return {3 * number - 2, 3 * number};
  if (word[0] == 'h' && (number == 1 || number == 2)) return {6 * number - 5, 6 * number};
  return {};
}

std::string month_text(int year, int month) {
  return std::to_string(year) + (month < 10 ? "-0" : "-") + std::to_string(month);
}

// Reads a heading's tokens from the first to the last.
class PeriodReader {
 public:
  explicit PeriodReader(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  std::optional<HeadingPeriod> run() {
    for (; at_ < tokens_.size(); ++at_) {
      const Token& token = tokens_[at_];
      if (const auto year = year_of(token.word)) {
        if (!read_year(*year)) return std::nullopt;
      } else if (last_year_ != 0 && begins_subtitle(token)) {
        break;
      } else if (const Months months = months_of(token.word); months.first != 0) {
        first_month_ = first_month_ == 0 ? months.first : std::min(first_month_, months.first);
        last_month_ = std::max(last_month_, months.last);
      } else if (std::find(neutral_words.begin(), neutral_words.end(), token.word) == neutral_words.end()) {
        return std::nullopt;
      }
    }
    if (last_year_ == 0) return std::nullopt;
    return HeadingPeriod{month_text(first_year_, first_month_ == 0 ? 1 : first_month_),
                         month_text(last_year_, last_month_ == 0 ? 12 : last_month_)};
  }

 private:
  // A second year ends a range; "2026-03-31" is a day, and "2026-03" a month.
  bool read_year(int year) {
    const bool ends_range =
        tokens_[at_].separator.find('-') != std::string::npos || (at_ > 0 && tokens_[at_ - 1].word == "to");
    if (last_year_ != 0 && (!ends_range || year < last_year_)) return false;
    if (last_year_ == 0) first_year_ = year;
    last_year_ = year;
    if (at_ + 1 >= tokens_.size()) return true;
    const Token& next = tokens_[at_ + 1];
    const bool is_number =
        !next.word.empty() && std::all_of(next.word.begin(), next.word.end(), is_ascii_digit);
    if (next.separator != "-") return !is_number || year_of(next.word).has_value();
    if (next.word == "present" || next.word == "today" || next.word == "now") {
      last_year_ = 9999;
      ++at_;
    } else if (is_number && next.word.size() == 2) {
      const int number = std::stoi(next.word);
      const bool is_day = at_ + 2 < tokens_.size() && tokens_[at_ + 2].separator == "-";
      if (is_day) return false;
      ++at_;
      if (number >= 1 && number <= 12) {
        first_month_ = last_month_ = number;
      } else {
        last_year_ = year / 100 * 100 + number;
        return last_year_ > first_year_;
      }
    }
    return true;
  }

  // "2026: a new works", "2026 — a new works", "2026 (a new works)".
  static bool begins_subtitle(const Token& token) {
    const std::string& mark = token.separator;
    return mark.find_first_of(":([,|") != std::string::npos ||
           (mark.find('-') != std::string::npos && mark.find(' ') != std::string::npos);
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int first_year_ = 0;
  int last_year_ = 0;
  int first_month_ = 0;
  int last_month_ = 0;
};

int year_number(std::string_view date) {
  return std::stoi(std::string{date.substr(0, 4)});
}

}  // namespace

bool HeadingPeriod::contains(std::string_view date) const {
  const std::string begin =
      date.size() < 7 ? std::string{date.substr(0, 4)} + "-01" : std::string{date.substr(0, 7)};
  const std::string end = date.size() < 7 ? std::string{date.substr(0, 4)} + "-12" : begin;
  return first_month <= begin && end <= last_month;
}

std::optional<HeadingPeriod> parse_heading_period(std::string_view heading) {
  return PeriodReader{tokenize(heading_words(heading))}.run();
}

std::vector<DatedGroup> find_dated_groups(const Document& document, const PartRange& part) {
  std::vector<DatedGroup> groups;
  const auto& blocks = document.blocks();
  for (std::size_t i = part.direct_end; i < part.end; ++i) {
    if (blocks[i].heading_level == 0) continue;
    auto period = parse_heading_period(heading_text(document.text(blocks[i])));
    if (!period) continue;
    std::size_t end = i + 1;
    while (end < part.end && blocks[end].heading_level == 0) ++end;
    groups.push_back({i, i + 1, end, *std::move(period)});
  }
  return groups;
}

const DatedGroup* find_group_of(const std::vector<DatedGroup>& groups, std::string_view date) {
  const DatedGroup* found = nullptr;
  for (const DatedGroup& group : groups) {
    if (!group.period.contains(date)) continue;
    const bool is_shorter = found != nullptr && (group.period.first_month > found->period.first_month ||
                                                 group.period.last_month < found->period.last_month);
    if (found == nullptr || is_shorter) found = &group;
  }
  return found;
}

NewGroup find_new_group(const Document& document, const PartRange& part,
                        const std::vector<DatedGroup>& groups, std::string_view date) {
  const auto& blocks = document.blocks();
  const int level = blocks[groups.front().heading].heading_level;
  NewGroup fresh{part.end,
                 std::string(static_cast<std::size_t>(level), '#') + " " + std::string{date.substr(0, 4)}};
  // Newest first, but where the page has it the other way.
  const bool is_oldest_first = groups.front().period.first_month < groups.back().period.first_month;
  for (const DatedGroup& group : groups) {
    if (blocks[group.heading].heading_level != level) continue;
    const int first = year_number(group.period.first_month);
    const int last = year_number(group.period.last_month);
    if (is_oldest_first ? first > year_number(date) : last < year_number(date)) {
      fresh.before = group.heading;
      break;
    }
  }
  return fresh;
}

}  // namespace stubkeeper::entries
