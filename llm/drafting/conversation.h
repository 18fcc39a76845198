#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "llm/answer_schema.h"
#include "llm/drafter.h"
#include "llm/drafting/call_ledger.h"
#include "llm/model.h"
#include "llm/verifier.h"

namespace stubkeeper::llm {

// Changes whose quotes were not found, though nearly their words are in the passages.
struct RepairableChanges {
  std::vector<std::string> proposed;      // each change as the model wrote it, JSON
  std::vector<UnmatchedQuote> unmatched;  // `change` is the index in `proposed`
  Draft read;                             // what they are so far
};

// An answer in two parts: what is taken as it is, and what to ask for again, where that pays. It
// pays for a quote of which at least seven tenths of the words are in a passage, in their order: a
// slip in copying. Words that are nowhere were invented, and asking again would only invite others.
struct TriagedAnswer {
  Draft accepted;
  std::optional<RepairableChanges> repairable;
};
TriagedAnswer triage_answer(const Task& task, std::string_view answer);

// Asks for these changes alone, with their passages and without the entry: a small request.
ModelRequest make_repair_request(const Task& task, const RepairableChanges& repairable,
                                 std::int64_t max_output_tokens);

// The changes of the answer to it, no more than were asked about, marked as corrected. One that did
// not come back stays as it was, for the verifier to drop and count.
Draft parse_repaired_changes(const Task& task, const RepairableChanges& repairable, std::string_view answer);

struct ModelDrafterOptions {
  std::int64_t max_output_tokens = 4'000;  // doubled once where an answer is cut off
  std::size_t max_passage_bytes = 40'000;  // of one request; more passages make more requests
};

// One task's requests to a model, without effects: what to ask next, and what an answer leads to. A
// task with long passages is asked in parts, split between passages. Of each part:
//   - an answer that is not valid is asked for once more with what was wrong, a cut-off one once
//     more with twice the room; a second cut-off splits the part's passages in half;
//   - a refusal counts as no change;
//   - a second invalid answer, or one passage whose answer fits nowhere, ends the task with an
//     error;
//   - changes whose quotes are not found but nearly are there are asked for once more, at the end,
//     where that pays (make_repair_request()); if that fails, they stay as they were.
// `identity` must outlive it.
class Conversation {
 public:
  Conversation(const ModelIdentity& identity, Task task, ModelDrafterOptions options);

  const Task& task() const { return task_; }
  bool is_finished() const { return parts_.empty() || error_; }

  // The next request; while it is not finished.
  const ModelRequest& request() const { return parts_.front().request; }
  // The hash of the part's first request: the answer to a second try is kept under it too.
  const std::string& key() const { return parts_.front().key; }
  // The passages in the request, by index in the task.
  const std::vector<std::size_t>& passages() const { return parts_.front().passages; }

  // Takes an answer to request(); gives what is to be kept under key().
  std::optional<CachedAnswer> process(const ModelAnswer& answer);
  // Takes what was kept under key().
  void process_cached_answer(const CachedAnswer& cached);
  // Leaves the part out: it is asked about by other means.
  void skip_part() { parts_.pop_front(); }
  void fail(Error error);
  void count_tokens(std::int64_t tokens) { draft_.tokens += tokens; }

  // How it ended, with the task.
  DraftedTask finish(DraftOutcome outcome_if_failed = DraftOutcome::failed);

 private:
  using Passages = std::vector<std::size_t>;
  struct Part {
    Passages passages;
    ModelRequest request;
    std::string key;
    bool retried_with_more_tokens = false;
    bool retried_with_problems = false;
    std::optional<RepairableChanges> repairable;  // asked for again
  };

  std::optional<CachedAnswer> process_repair(const ModelAnswer& answer);
  void add_part(Passages passages, std::int64_t token_limit, bool at_front);
  void split();
  void read(const std::string& json);
  bool is_repairing() const { return !parts_.empty() && parts_.front().repairable; }
  // Takes the changes of the remaining parts as they are.
  void keep_unrepaired();

  const ModelIdentity& identity_;
  Task task_;
  ModelDrafterOptions options_;
  std::deque<Part> parts_;
  Draft draft_;
  std::optional<Error> error_;
  bool failed_before_ = false;
};

// The draft of a cached answer to a request about all of a task's passages.
Draft draft_from_cached_answer(const Task& task, const CachedAnswer& cached);

}  // namespace stubkeeper::llm
