#include "llm/verification/statements.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "llm/extractive/sentences.h"
#include "llm/verification/dates.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

// Of the content words of the shorter one.
constexpr double same_subject = 0.6;
constexpr double same_event = 0.7;
constexpr std::size_t least_common_words = 2;
constexpr std::size_t least_common_words_of_event = 3;

// "2026-01", "2026" at the beginning of a development, or "".
std::string filed_under(std::string_view line) {
  std::size_t begin = line.find_first_not_of("-*+ ");
  if (begin == std::string_view::npos) return {};
  std::size_t end = begin;
  while (end < line.size() && (is_ascii_digit(line[end]) || line[end] == '-')) ++end;
  const std::string_view date = line.substr(begin, end - begin);
  const bool closed = end < line.size() && line[end] == ':';
  const bool dated = date.size() == 4 || date.size() == 7 || date.size() == 10;
  return closed && dated ? std::string{date} : std::string{};
}

// A development without the date that it is filed under.
std::string_view without_date(std::string_view line) {
  return filed_under(line).empty() ? line : line.substr(line.find(':') + 1);
}

double overlap_of(const Statement& a, const Statement& b, std::size_t least) {
  const auto& shorter = a.about.size() <= b.about.size() ? a.about : b.about;
  const auto& longer = a.about.size() <= b.about.size() ? b.about : a.about;
  const double share = share_within(shorter, longer);
  const auto common = static_cast<std::size_t>(share * static_cast<double>(shorter.size()) + 0.5);
  return common < least ? 0 : share;
}

bool has(const std::vector<Figure>& figures, const Figure& wanted) {
  return std::any_of(figures.begin(), figures.end(),
                     [&](const Figure& figure) { return same_number(figure, wanted); });
}

bool other_figure(const Statement& a, const Statement& b) {
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

bool other_date(const Statement& a, const Statement& b) {
  if (a.dates.size() != 1 || b.dates.size() != 1) return false;
  return !a.dates[0].starts_with(b.dates[0]) && !b.dates[0].starts_with(a.dates[0]);
}

// Both say when, and it is not the same year: the one does not speak of the other.
bool of_other_years(const Statement& a, const Statement& b) {
  if (a.dates.empty() || b.dates.empty()) return false;
  return std::none_of(a.dates.begin(), a.dates.end(), [&](const std::string& date) {
    return std::any_of(b.dates.begin(), b.dates.end(),
                       [&](const std::string& other) { return other.substr(0, 4) == date.substr(0, 4); });
  });
}

// Calls with every sentence that has a digit, and the date that its line is filed under.
template <typename Function>
void for_each_sentence(std::string_view text, const std::string& filed, const Function& call) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    const std::string line_filed = filed.empty() ? filed_under(line) : filed;
    for (const std::string_view sentence : sentences_of(without_date(line)))
      if (std::any_of(sentence.begin(), sentence.end(), is_ascii_digit)) call(sentence, line_filed);
  }
}

// Nothing for a sentence that states neither a figure with a unit nor a date.
std::optional<Statement> statement_of(std::string_view sentence, const std::string& filed) {
  Statement statement;
  statement.text = std::string{sentence};
  statement.filed = filed;
  for (Figure& figure : stated_figures(sentence)) {
    if (!figure.unit.empty() || !figure.currency.empty()) statement.figures.push_back(std::move(figure));
  }
  statement.dates = dates_in(sentence);
  if (statement.figures.empty() && statement.dates.empty()) return std::nullopt;
  for (const std::string& word : content_words(sentence)) {
    if (!is_ascii_digit(word[0]) && month_of(word) == 0) statement.about.insert(word);
  }
  return statement;
}

}  // namespace

std::vector<Statement> statements_in(std::string_view text, const std::string& filed) {
  std::vector<Statement> statements;
  for_each_sentence(text, filed, [&](std::string_view sentence, const std::string& line_filed) {
    if (auto statement = statement_of(sentence, line_filed)) statements.push_back(*std::move(statement));
  });
  return statements;
}

StatedText::StatedText(std::string text) : text_(std::move(text)) {}

void StatedText::split() {
  is_split_ = true;
  for_each_sentence(text_, "", [&](std::string_view sentence, const std::string& filed) {
    sentences_.push_back({std::string{sentence}, ascii_lower(sentence), filed, std::nullopt});
  });
}

std::vector<const Statement*> StatedText::near(const Statement& said) {
  if (!is_split_) split();
  std::vector<const Statement*> found;
  for (Sentence& sentence : sentences_) {
    // The words of `about` are beginnings of words, so a sentence that has one of them holds its letters.
    std::size_t shared = 0;
    for (const std::string& word : said.about) {
      shared += sentence.lower.find(word) != std::string::npos ? 1 : 0;
      if (shared == least_common_words) break;
    }
    if (shared < least_common_words) continue;
    if (!sentence.statements) {
      sentence.statements.emplace();
      if (auto statement = statement_of(sentence.text, sentence.filed))
        sentence.statements->push_back(*std::move(statement));
    }
    for (const Statement& statement : *sentence.statements) found.push_back(&statement);
  }
  return found;
}

bool are_filed_together(const Statement& a, const Statement& b) {
  if (a.filed.empty() || b.filed.empty()) return a.filed.empty() && b.filed.empty();
  return a.filed.starts_with(b.filed) || b.filed.starts_with(a.filed);
}

bool contradict(const Statement& a, const Statement& b) {
  if (other_date(a, b) && overlap_of(a, b, least_common_words_of_event) >= same_event) return true;
  return !of_other_years(a, b) && other_figure(a, b) && overlap_of(a, b, least_common_words) >= same_subject;
}

}  // namespace stubkeeper::llm
