#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "llm/verification/figures.h"

namespace stubkeeper::llm {

// The flag on a change that something else contradicts.
inline constexpr const char* contradicts_flag = "contradicts";

// Words, and who says them: the new text, the entry, or a source by its title.
struct AttributedText {
  std::string who;
  std::string words;
  bool operator==(const AttributedText&) const = default;
};

// A statement, and one that contradicts it.
struct Contradiction {
  AttributedText statement;
  AttributedText counterstatement;
  bool operator==(const Contradiction&) const = default;
};

// Both sides as a flag's detail, in one line, and back; nothing for another text.
std::string format_contradiction(const Contradiction& sides);
std::optional<Contradiction> parse_contradiction(std::string_view detail);

// A sentence as figures, dates and topic, to be compared with another one.
struct Statement {
  std::string text;
  std::string date_prefix;            // the date that it is filed under ("2026-01"), or ""
  std::set<std::string> topic_words;  // its content words without figures
  std::vector<Figure> figures;        // that have a unit or a currency
  std::vector<std::string> dates;
  std::vector<std::string> years;
};

// The sentences of a readable text that state a figure or a date. "2026-01: ..." is filed under its
// date, all else under `date_prefix`.
std::vector<Statement> find_statements(std::string_view text, const std::string& date_prefix);

// A text that statements are compared with. A sentence is read once, when a statement of its topic
// is looked up, so that a long text is cheap. Holds the text.
class StatementIndex {
 public:
  explicit StatementIndex(std::string text);

  // The statements of sentences with at least two topic words of `query`: all that can contradict
  // it are among them. They live as long as the text.
  std::vector<const Statement*> find_related(const Statement& query);

 private:
  struct Sentence {
    std::string text;
    std::string lower;
    std::string date_prefix;
    std::optional<std::vector<Statement>> statements;  // none or one
  };
  void split();

  std::string text_;
  std::vector<Sentence> sentences_;
  bool is_split_ = false;
};

// Whether two statements are filed under one time, to the precision that both have, or both under
// none.
bool have_same_date_prefix(const Statement& a, const Statement& b);

// Whether dated news says all that an undated statement does, so that both cannot go on side by side: "makes 342
// pumps a year since November" beside "makes 250 pumps a year".
bool supersedes(const Statement& news, const Statement& undated);

// Whether two statements of one time cannot both be true: they have one topic, and another figure
// of one unit, or another date.
bool contradict(const Statement& a, const Statement& b);

}  // namespace stubkeeper::llm
