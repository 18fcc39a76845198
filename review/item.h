#pragma once

#include <string>
#include <vector>

#include "entries/block_diff.h"
#include "entries/edit.h"
#include "kb/review/dependents.h"
#include "kb/review/proposals.h"
#include "kb/review/records.h"
#include "kb/store/store.h"
#include "llm/verification/contradiction.h"
#include "review/preview.h"
#include "review/quotes.h"

namespace stubkeeper::review {

// A change as a reviewer sees it: the terminal, the browser and --json show the same item. Texts
// are as they are stored or as their source sent them; the view escapes them.
struct ReviewItem {
  kb::Change change;  // with its flags, unresolved ones first
  std::string entry_path;
  std::string entry_title;
  kb::EntryState entry_state = kb::EntryState::published;
  std::string drafter;
  kb::Id run_id = 0;
  Timestamp proposed_at;
  std::chrono::milliseconds age{0};
  std::optional<entries::EditPreview> reviewer_edit;  // a person's own text that was approved instead
  std::vector<entries::BlockDifference> difference;   // to what was approved, else to what is proposed
  ContextLines context_lines;                         // of a waiting change, in the entry as it is now
  std::vector<ItemQuote> quotes;
  std::vector<llm::Contradiction> contradictions;
  std::vector<kb::Dependent> dependents;
  std::vector<kb::Decision> decisions;
  std::vector<kb::Id> superseded_changes;      // older changes that nobody had decided
  kb::Proposals::Fate fate;                    // of one that was not decided itself
  std::size_t parts = 1;                       // that it can be split into
  std::vector<std::string> list_target_parts;  // of the entry, that a waiting change can be moved to
  std::string move_problem;                    // why it cannot be moved, in words
  std::string first_look;                      // at which source it was, in words; "" for news
  std::string consequence;                     // of approving it, in words
  std::string seen;                            // the hash that `review approve --seen` takes

  bool is_flagged() const { return kb::is_flagged(change); }
  // For people: where it was approved, else where it is proposed.
  const std::string& place() const { return reviewer_edit ? reviewer_edit->place : change.place; }
};

// not_found.
Result<ReviewItem> review_item(kb::Store& store, kb::Id change_id, Timestamp now);

}  // namespace stubkeeper::review
