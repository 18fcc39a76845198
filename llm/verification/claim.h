#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "llm/verifier.h"

namespace stubkeeper::llm {

// A quote of a change, with the passage and the snapshot of the task that it was found in.
struct CitedQuote : entries::Citation {
  const TaskPassage* passage = nullptr;
  const TaskSnapshot* snapshot = nullptr;
};

// The text of a change, and what it is compared with. Borrows the task and the change.
struct Claim {
  const Task& task;
  const DraftedChange& change;
  std::vector<CitedQuote> quotes;

  std::string full_text;               // the new text as a reader sees it, without link addresses
  std::string replaced;                // likewise, the text that it replaces
  std::string text;                    // the sentences of the new text that are not in `replaced`
  std::string text_without_citations;  // `text` without the links that cite its sources by their titles
  std::string quoted;                  // all quotes, one a line
  std::string context;          // titles and dates of the documents, the replaced text, the entry's title
  bool is_quotation = false;    // nothing but quoted words, in quotation marks, and who says them
  bool is_attributed = false;   // a quotation, or says in words who says it
  std::string unquoted_text{};  // `text` without what is in quotation marks, where the quotes have it all
  std::string instruction{};    // the beginning of a text that reads like one to a machine, where it counts

  const entries::HouseStyle& style() const { return task.entry.conventions->style; }
  // Whether it is a verdict on a claim, which needs more than one source.
  bool is_verdict() const;
};

Claim make_claim(const Task& task, const DraftedChange& change, std::vector<CitedQuote> quotes);

// The flags of a claim.
class FlagList {
 public:
  void raise(std::string_view name, std::string detail) {
    raised_.push_back({0, std::string{name}, std::move(detail)});
  }
  // One flag for all of these; none where there are none.
  void raise_if_any(std::string_view name, const std::vector<std::string>& words);
  // In the order of their names.
  std::vector<entries::Flag> take();

 private:
  std::vector<entries::Flag> raised_;
};

// Each checks one side of a claim and raises flags of llm/flags.h.
void compare_words(const Claim& claim, FlagList& flags);  // figures, dates, names, quotations, stance, praise
void compare_content(const Claim& claim, FlagList& flags);        // words-not-in-quote
void check_quote_context(const Claim& claim, FlagList& flags);    // quote-out-of-context
void check_subject(const Claim& claim, FlagList& flags);          // unnamed-subject
void check_sources(const Claim& claim, FlagList& flags);          // their age, interest, names, number
void apply_source_rules(const Claim& claim, FlagList& flags);     // funding, leadership, places
void compare_with_replaced(const Claim& claim, FlagList& flags);  // removes-sourced-text

// The statements of an entry and of a task's passages, for claims to be compared with. Borrows the
// task.
class ContradictionChecker {
 public:
  explicit ContradictionChecker(const Task& task);
  ~ContradictionChecker();
  ContradictionChecker(const ContradictionChecker&) = delete;
  ContradictionChecker& operator=(const ContradictionChecker&) = delete;

  // Flags a claim that something else contradicts, with both: another figure or date for the same
  // in the entry or in a passage; another value in a fact line of the same name; a verdict that
  // does not mention a quote that refutes it.
  void check(const Claim& claim, FlagList& flags);

 private:
  struct Known;
  const Task& task_;
  std::unique_ptr<Known> known_;
};

// Flags changes that touch more of the entry's words than the house style allows
// (drafting.large_change_percent, and more than large_change_words): each by itself, and all that
// replace or remove text where they do so together. Additions to a stub are not large.
void flag_large_changes(const Task& task, std::vector<VerifiedChange>& changes);

}  // namespace stubkeeper::llm
