#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "cli/terminal/keyboard.h"
#include "kb/review/refusals.h"
#include "kb/review/review.h"
#include "review/decisions.h"
#include "review/item.h"

namespace stubkeeper::cli {

// The decisions at a terminal, each with its questions, and undo. Each is stored at once. An
// outcome says in words what came of it, also that a change cannot be decided any more; only a
// failure of the store is an error.
class ReviewSession {
 public:
  ReviewSession(const Session& session, OpenKnowledgeBase& knowledge_base, Keyboard& keyboard)
      : session_(session),
        kb_(knowledge_base),
        keyboard_(keyboard),
        review_(*knowledge_base.store, session.environment.clock) {}

  struct Outcome {
    bool decided = false;  // go on to the next change
    std::string words;
  };
  Result<Outcome> approve(const review::ReviewItem& item);
  Result<Outcome> reject(const review::ReviewItem& item);
  Result<Outcome> edit(const review::ReviewItem& item);
  // To another part of its entry, as the person's edit.
  Result<Outcome> move(const review::ReviewItem& item);
  // The group of the item's entry, shown first with what is left out; numbers leave out more.
  Result<Outcome> approve_unflagged(const review::ReviewItem& item, const std::vector<kb::Id>& changes);
  Result<Outcome> never(const review::ReviewItem& item);
  // Undoes the last decision, of all its changes. `undone`: what it was about.
  struct UndoResult {
    std::vector<kb::Id> changes;
    kb::Id conflict = 0;
  };
  Result<Outcome> undo(UndoResult& undone);

  // Records a conflict that was settled, for undo().
  void record_resolved_conflict(kb::Id conflict) { record({{{}, {}, conflict}, 0, 0, 0}); }
  bool can_undo() const { return !undo_stack_.empty(); }

  int approved() const { return approved_; }
  int rejected() const { return rejected_; }
  int suppressed() const { return suppressed_; }  // by refusals

 private:
  struct UndoRecord {
    review::UndoStep step;
    int approved = 0;
    int rejected = 0;
    int suppressed = 0;  // changes that refusals rejected
  };
  Result<Outcome> approved(const review::ReviewItem& item, const Result<kb::Revision>& revision,
                           const std::string& how);
  void record(UndoRecord done);
  void record_approved(std::vector<kb::Id> changes) {
    const auto count = static_cast<int>(changes.size());
    record({{std::move(changes), {}, 0}, count, 0, 0});
  }
  Status show_group(const review::ApprovalGroup& group);
  std::vector<kb::Id> select_changes(const review::ApprovalGroup& group);
  // In the pager first, if they do not fit the screen.
  Status show_or_page(const std::vector<std::string>& lines);
  // A user's error in words; other errors are returned.
  static Result<Outcome> to_outcome(const Error& error);
  kb::Reviewer reviewer() const { return kb_.person(); }

  const Session& session_;
  OpenKnowledgeBase& kb_;
  Keyboard& keyboard_;
  kb::Review review_;
  std::vector<UndoRecord> undo_stack_;
  int approved_ = 0;
  int rejected_ = 0;
  int suppressed_ = 0;
};

}  // namespace stubkeeper::cli
