#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "cli/terminal/keyboard.h"
#include "kb/review/refusals.h"
#include "kb/review/review.h"
#include "kb/review/review_queue.h"
#include "review/approval_group.h"
#include "review/item.h"

namespace stubkeeper::cli {

// The decisions of one sitting at a terminal, each with the questions that belong to it, and the way back.
// Everything that is decided is stored at once. An outcome says in words what came of it; a change that
// cannot be decided any more says so, and only an unusable store is an error.
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
  // Into another part of its entry, as the person's edit.
  Result<Outcome> move(const review::ReviewItem& item);
  // Of the item's entry; shown and asked about first, with what is left out. Some can be left out by their
  // numbers.
  Result<Outcome> approve_unflagged(const review::ReviewItem& item, const std::vector<kb::QueuedChange>& changes);
  Result<Outcome> never(const review::ReviewItem& item);
  // Takes back the last decision, all of it where it was about several changes. `undone`: about what.
  struct UndoResult {
    std::vector<kb::Id> changes;
    kb::Id conflict = 0;
  };
  Result<Outcome> undo(UndoResult& undone);

  // A conflict that was settled in this sitting, for undo().
  void record_resolved_conflict(kb::Id conflict) { undo_stack_.push_back({{}, {}, {}, 0, conflict}); }
  // Whether there is anything to undo.
  bool can_undo() const { return !undo_stack_.empty(); }

  int approved() const { return approved_; }
  int rejected() const { return rejected_; }
  int suppressed() const { return suppressed_; }  // by what was said never to be proposed again

 private:
  struct UndoRecord {
    std::vector<kb::Id> approved;
    std::vector<kb::Id> rejected;
    std::vector<kb::Id> refusals;
    int suppressed = 0;  // changes that the refusals rejected
    kb::Id conflict = 0;  // that was settled; 0 for none
  };
  void record(UndoRecord done);
  Status show_group(const review::ApprovalGroup& group);
  std::vector<kb::Id> select_changes(const review::ApprovalGroup& group);
  // In the pager first, where they are more than fit the screen.
  Status show_or_page(const std::vector<std::string>& lines);
  // An error that is the person's to read, in words; others are given on.
  static Result<Outcome> to_outcome(const Error& error);
  kb::Reviewer reviewer() const { return {kb::AuthorKind::person, kb_.reviewer}; }

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
