#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "llm/answer_schema.h"
#include "llm/drafter.h"
#include "llm/drafting/call_ledger.h"
#include "llm/drafting/quote_repair.h"
#include "llm/model.h"

namespace stubkeeper::llm {

struct ModelDrafterOptions {
  std::int64_t max_output_tokens = 4'000;  // doubled once where an answer is cut off
  std::size_t max_passage_bytes = 40'000;  // of one request; more passages make more requests
};

// One task's way with a model, without effects: what is to be asked next, and what an answer leads to. The
// task is asked in parts where its passages are long, split between passages. Of each part:
//   - an answer that is not valid is asked for once more with what was wrong, a cut-off one once more with
//     twice the room; a second cut-off splits the part's passages in half;
//   - a refusal is taken as no change and counted;
//   - a second invalid answer, or one passage whose answer fits nowhere, ends the task with an error;
//   - changes whose quotes are not found but nearly stand there are asked for once more, at the end, where
//   that
//     pays (quote_mending.h); whatever goes wrong with that leaves them as they were, and ends nothing.
// `identity` must outlive it.
class Conversation {
 public:
  Conversation(const ModelIdentity& identity, Task task, ModelDrafterOptions options);

  const Task& task() const { return task_; }
  bool is_finished() const { return parts_.empty() || error_; }

  // What is to be asked; while it is not over.
  const ModelRequest& request() const { return parts_.front().request; }
  // The hash of the part's first request: a second try at it answers the same, so its answer is kept under
  // it.
  const std::string& key() const { return parts_.front().key; }
  // The passages that the request shows, by their place in the task.
  const std::vector<std::size_t>& passages() const { return parts_.front().passages; }

  // An answer to request(); gives what is to be kept under key().
  std::optional<CachedAnswer> process(const ModelAnswer& answer);
  // What was kept under key().
  void process_cached_answer(const CachedAnswer& cached);
  // Leaves the part to be asked about by other means: nothing comes of it here.
  void skip_part() { parts_.pop_front(); }
  void fail(Error error);
  void count_tokens(std::int64_t tokens) { draft_.tokens += tokens; }

  // Once it is over: how it ended. The task goes with it.
  DraftedTask finish(DraftOutcome outcome_if_failed = DraftOutcome::failed);

 private:
  using Passages = std::vector<std::size_t>;
  struct Part {
    Passages passages;
    ModelRequest request;
    std::string key;
    bool retried_with_more_tokens = false;
    bool retried_with_problems = false;
    std::optional<RepairableChanges> repairable;  // what it asks for again
  };

  std::optional<CachedAnswer> process_repair(const ModelAnswer& answer);
  void add_part(Passages passages, std::int64_t token_limit, bool at_front);
  void split();
  void read(const std::string& json);
  void add(ParsedChanges read);
  bool is_repairing() const { return !parts_.empty() && parts_.front().repairable; }
  // Takes what the rest of the parts would mend as it is.
  void keep_unrepaired();

  const ModelIdentity& identity_;
  Task task_;
  ModelDrafterOptions options_;
  std::deque<Part> parts_;
  Draft draft_;
  std::optional<Error> error_;
  bool failed_before_ = false;
};

// What an answer that was kept for a request about all of a task's passages comes to.
Draft draft_from_cached_answer(const Task& task, const CachedAnswer& cached);

}  // namespace stubkeeper::llm
