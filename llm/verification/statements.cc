#include "llm/verification/contradiction.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/calendar_words.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "llm/extractive/sentences.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

// Of the content words of the shorter one.
constexpr double same_subject_threshold = 0.6;
constexpr double same_event_threshold = 0.7;
constexpr std::size_t min_common_words = 2;
constexpr std::size_t min_common_words_of_event = 3;

// "2026-01", "2026" at the beginning of a development, or "".
std::string parse_date_prefix(std::string_view line) {
  std::size_t begin = line.find_first_not_of("-*+ ");
  if (begin == std::string_view::npos) return {};
  const std::string_view date = iso_date_prefix(line.substr(begin));
  return line.substr(begin + date.size()).starts_with(':') ? std::string{date} : std::string{};
}

// A development without the date that it is filed under.
std::string_view without_date(std::string_view line) {
  return parse_date_prefix(line).empty() ? line : line.substr(line.find(':') + 1);
}

double topic_overlap(const Statement& a, const Statement& b, std::size_t min_common) {
  const auto& shorter = a.topic_words.size() <= b.topic_words.size() ? a.topic_words : b.topic_words;
  const auto& longer = a.topic_words.size() <= b.topic_words.size() ? b.topic_words : a.topic_words;
  const double share = containment_ratio(shorter, longer);
  const auto common = static_cast<std::size_t>(share * static_cast<double>(shorter.size()) + 0.5);
  return common < min_common ? 0 : share;
}

bool has(const std::vector<Figure>& figures, const Figure& wanted) {
  return std::any_of(figures.begin(), figures.end(), [&](const Figure& figure) {
    return has_same_value(figure, wanted) || is_borne_out(figure, wanted) || is_borne_out(wanted, figure);
  });
}

bool has_conflicting_figure(const Statement& a, const Statement& b) {
  for (const Figure& figure : a.figures) {
    if (has(b.figures, figure)) continue;
    for (const Figure& other : b.figures) {
      if (figure.currency == other.currency && (figure.unit == other.unit || !figure.currency.empty()) &&
          !has(a.figures, other))
        return true;
    }
  }
  return false;
}

bool has_conflicting_date(const Statement& a, const Statement& b) {
  if (a.dates.size() != 1 || b.dates.size() != 1) return false;
  return !a.dates[0].starts_with(b.dates[0]) && !b.dates[0].starts_with(a.dates[0]);
}

// An event that a subject has once, so that two years of it cannot both hold.
bool is_single_event(const Statement& statement) {
  static const auto events =
      content_words("founded established incorporated inaugurated formed commissioned completed died born");
  return std::ranges::any_of(events,
                             [&](const std::string& event) { return statement.topic_words.contains(event); });
}

bool has_conflicting_year(const Statement& a, const Statement& b) {
  if (a.years.size() != 1 || b.years.size() != 1 || a.years == b.years) return false;
  return is_single_event(a) && is_single_event(b);
}

// Both say when, and it is not the same year: the one does not speak of the other.
bool are_in_different_years(const Statement& a, const Statement& b) {
  if (a.dates.empty() || b.dates.empty()) return false;
  return std::none_of(a.dates.begin(), a.dates.end(), [&](const std::string& date) {
    return std::any_of(b.dates.begin(), b.dates.end(),
                       [&](const std::string& other) { return other.substr(0, 4) == date.substr(0, 4); });
  });
}

// Calls with every sentence that has a digit, and the date that its line is filed under.
template <typename Function>
void for_each_sentence(std::string_view text, const std::string& date_prefix, const Function& call) {
  for (const std::string_view line : split(text, '\n')) {
    const std::string line_date_prefix = date_prefix.empty() ? parse_date_prefix(line) : date_prefix;
    for (const std::string_view sentence : split_passage_sentences(without_date(line)))
      if (std::any_of(sentence.begin(), sentence.end(), is_ascii_digit)) call(sentence, line_date_prefix);
  }
}

// Nothing for a sentence that states neither a figure with a unit nor a date.
std::optional<Statement> parse_statement(std::string_view sentence, const std::string& date_prefix) {
  Statement statement;
  statement.text = std::string{sentence};
  statement.date_prefix = date_prefix;
  for (Figure& figure : find_stated_figures(sentence)) {
    if (!figure.unit.empty() || !figure.currency.empty()) statement.figures.push_back(std::move(figure));
  }
  statement.dates = find_calendar_dates(sentence);
  statement.years = find_years(sentence);
  if (statement.figures.empty() && statement.dates.empty() && statement.years.empty()) return std::nullopt;
  for (const std::string& word : content_words(sentence)) {
    if (!is_ascii_digit(word[0]) && parse_english_month(word) == 0) statement.topic_words.insert(word);
  }
  return statement;
}

}  // namespace

std::vector<Statement> find_statements(std::string_view text, const std::string& date_prefix) {
  std::vector<Statement> statements;
  for_each_sentence(text, date_prefix, [&](std::string_view sentence, const std::string& line_date_prefix) {
    if (auto statement = parse_statement(sentence, line_date_prefix))
      statements.push_back(*std::move(statement));
  });
  return statements;
}

StatementIndex::StatementIndex(std::string text) : text_(std::move(text)) {}

void StatementIndex::split() {
  is_split_ = true;
  for_each_sentence(text_, "", [&](std::string_view sentence, const std::string& date_prefix) {
    sentences_.push_back({std::string{sentence}, ascii_lower(sentence), date_prefix, std::nullopt});
  });
}

std::vector<const Statement*> StatementIndex::find_related(const Statement& query) {
  if (!is_split_) split();
  std::vector<const Statement*> found;
  for (Sentence& sentence : sentences_) {
    // The words of `about` are beginnings of words, so a sentence that has one of them holds its
    // letters.
    std::size_t shared = 0;
    for (const std::string& word : query.topic_words) {
      shared += sentence.lower.find(word) != std::string::npos ? 1 : 0;
      if (shared == min_common_words) break;
    }
    if (shared < min_common_words) continue;
    if (!sentence.statements) {
      sentence.statements.emplace();
      if (auto statement = parse_statement(sentence.text, sentence.date_prefix))
        sentence.statements->push_back(*std::move(statement));
    }
    for (const Statement& statement : *sentence.statements) found.push_back(&statement);
  }
  return found;
}

bool have_same_date_prefix(const Statement& a, const Statement& b) {
  if (a.date_prefix.empty() || b.date_prefix.empty()) return a.date_prefix.empty() && b.date_prefix.empty();
  return a.date_prefix.starts_with(b.date_prefix) || b.date_prefix.starts_with(a.date_prefix);
}

bool supersedes(const Statement& news, const Statement& undated) {
  return !news.date_prefix.empty() && undated.date_prefix.empty() && undated.dates.empty() &&
         undated.topic_words.size() >= min_common_words_of_event &&
         containment_ratio(undated.topic_words, news.topic_words) == 1;
}

bool contradict(const Statement& a, const Statement& b) {
  const bool other_time = has_conflicting_date(a, b) || has_conflicting_year(a, b);
  if (other_time && topic_overlap(a, b, min_common_words_of_event) >= same_event_threshold) return true;
  return !are_in_different_years(a, b) && has_conflicting_figure(a, b) &&
         topic_overlap(a, b, min_common_words) >= same_subject_threshold;
}

}  // namespace stubkeeper::llm
