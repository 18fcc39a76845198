#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <random>
#include <set>

#include "cron/draft_entries.h"
#include "kb/entries/entry_store.h"
#include "kb/runs/model_batches.h"
#include "llm/drafting/prompt.h"

namespace stubkeeper::cron {
namespace {

struct PlannedRequest {
  std::string entry_path;
  kb::Id entry_id = 0;
  std::string key;
  llm::ModelRequest request;
  std::vector<kb::Routing> passages;
  std::vector<kb::Id> related_entries;
  int parts = 1;  // as kb::ModelBatchItem has it
};

bool has_passage(const PlannedRequest& planned, const kb::Routing& routing) {
  return std::any_of(planned.passages.begin(), planned.passages.end(),
                     [&](const kb::Routing& other) { return other.passage_id == routing.passage_id; });
}

bool share_passage(const PlannedRequest& a, const PlannedRequest& b) {
  return std::any_of(a.passages.begin(), a.passages.end(),
                     [&](const kb::Routing& routing) { return has_passage(b, routing); });
}

// Where a passage's pieces are with several requests, all of the entry's hang together: a part of them would
// be cut otherwise when it is asked about alone, and paid for again.
void count_parts(std::vector<PlannedRequest>& of_entry) {
  bool are_split = false;
  for (std::size_t i = 1; i < of_entry.size(); ++i)
    are_split = are_split || share_passage(of_entry[i - 1], of_entry[i]);
  if (!are_split) return;
  for (PlannedRequest& planned : of_entry) planned.parts = static_cast<int>(of_entry.size());
}

// Unique over all knowledge bases of an account.
std::string make_batch_label() {
  std::random_device device;
  std::string label = "stubkeeper-";
  for (int i = 0; i < 4; ++i) label += fmt::format("{:08x}", device());
  return label;
}

// Whether a task's passage is a whole routed one, or a piece of it ("p12-2").
bool belongs_to(const llm::TaskPassage& passage, const kb::Routing& routing) {
  const std::string id = "p" + std::to_string(routing.passage_id);
  return passage.id == id || passage.id.starts_with(id + "-");
}

// The routings that passages of a task stand for.
std::vector<kb::Routing> find_routings(const llm::Task& task, const std::vector<std::size_t>& shown,
                                       const std::vector<kb::Routing>& waiting) {
  std::vector<kb::Routing> routings;
  std::copy_if(waiting.begin(), waiting.end(), std::back_inserter(routings), [&](const kb::Routing& routing) {
    return std::any_of(shown.begin(), shown.end(),
                       [&](std::size_t index) { return belongs_to(task.passages[index], routing); });
  });
  return routings;
}

class BatchSubmitter {
 public:
  BatchSubmitter(const DraftContext& context, EntryDraftQueue& drafting, RefreshReport& report)
      : context_(context), service_(*context.model->batches), queue_(drafting), report_(report) {}

  Status plan() {
    while (std::optional<llm::Task> task = queue_.next_task()) {
      const std::string path = task->entry_path;
      STUBKEEPER_TRY(report_.note_failure(path, plan_entry(*std::move(task))));
    }
    return {};
  }

  Status submit();

 private:
  Status plan_entry(llm::Task task);
  Result<std::vector<kb::Id>> related_entry_ids(const std::vector<llm::RelatedEntry>& related) const;
  Result<bool> reserve(kb::Id batch_id, const PlannedRequest& planned, const std::string& name);
  Status cancel(const std::string& why, bool is_failure);

  const DraftContext& context_;
  llm::BatchService& service_;
  EntryDraftQueue& queue_;
  RefreshReport& report_;
  std::vector<PlannedRequest> planned_;
  std::vector<llm::BatchRequest> requests_;
  kb::Id batch_id_ = 0;
};

// Stored answers are drafted at once; the other requests are planned, and left out of that.
Status BatchSubmitter::plan_entry(llm::Task task) {
  const std::string path = task.entry_path;
  const EntryDraftQueue::OpenTask open = queue_.open(path);
  llm::Conversation conversation{service_.identity(), std::move(task), context_.model->drafting};
  STUBKEEPER_ASSIGN(const auto related, related_entry_ids(conversation.task().related));
  std::vector<PlannedRequest> planned;
  while (!conversation.is_finished()) {
    STUBKEEPER_ASSIGN(const auto kept, context_.model->ledger.cached_answer(conversation.key()));
    if (kept) {
      conversation.process_cached_answer(*kept);
      continue;
    }
    planned.push_back({path, open.entry.id, conversation.key(), conversation.request(),
                       find_routings(conversation.task(), conversation.passages(), open.waiting), related,
                       1});
    conversation.skip_part();
  }
  count_parts(planned);
  std::set<kb::Id> shown;
  for (const PlannedRequest& each : planned) {
    for (const kb::Routing& routing : each.passages) shown.insert(routing.passage_id);
    queue_.exclude(path, each.passages);
  }
  llm::DraftedTask rest = conversation.finish();
  std::vector<std::size_t> every(rest.task.passages.size());
  std::iota(every.begin(), every.end(), std::size_t{0});
  const std::size_t in_task = find_routings(rest.task, every, open.waiting).size();
  // Passages that a task leaves out go with the first request.
  if (!planned.empty() && shown.size() == in_task && in_task < open.waiting.size()) {
    planned.front().passages = open.waiting;
    for (std::size_t i = 1; i < planned.size(); ++i)
      std::erase_if(planned.front().passages,
                    [&](const kb::Routing& routing) { return has_passage(planned[i], routing); });
    queue_.exclude(path, planned.front().passages);
  }
  queue_.process_draft(std::move(rest));
  planned_.insert(planned_.end(), std::make_move_iterator(planned.begin()),
                  std::make_move_iterator(planned.end()));
  return {};
}

Result<std::vector<kb::Id>> BatchSubmitter::related_entry_ids(
    const std::vector<llm::RelatedEntry>& related) const {
  std::vector<kb::Id> ids;
  for (const llm::RelatedEntry& each : related) {
    STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{context_.store}.find(each.path));
    if (!entry) return Error{ErrorCode::internal, "a related entry is not in the store", each.path, ""};
    ids.push_back(entry->id);
  }
  return ids;
}

Result<bool> BatchSubmitter::reserve(kb::Id batch_id, const PlannedRequest& planned,
                                     const std::string& name) {
  llm::CallReservation call;
  call.entry_path = planned.entry_path;
  call.identity = service_.identity();
  call.prompt_version = llm::drafting_prompt().version;
  call.request_sha256 = planned.key;
  call.bound = llm::upper_bound_of_call(planned.request, context_.model->batch_price);
  const auto reserved = context_.model->ledger.reserve(call);
  if (!reserved.ok() && reserved.error().code == ErrorCode::limit) {
    report_.model.out_of_budget = reserved.error().text();
    ++report_.model.deferred_entries;
    return false;
  }
  STUBKEEPER_TRY(reserved);
  STUBKEEPER_TRY(kb::ModelBatches{context_.store}.add_item(
      batch_id,
      {*reserved, planned.entry_id, name, planned.key, call.bound.tokens, call.bound.cost, planned.parts,
       planned.related_entries},
      planned.passages));
  requests_.push_back({name, planned.request});
  return true;
}

Status BatchSubmitter::submit() {
  if (planned_.empty() || report_.interrupted) return {};
  kb::ModelBatches batches{context_.store};
  kb::ModelBatch batch;
  batch.protocol = service_.identity().protocol;
  batch.base_url = service_.identity().base_url;
  batch.model = service_.identity().model;
  batch.label = make_batch_label();
  batch.noted_at = context_.clock.now();
  STUBKEEPER_TRY(context_.store.run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(batch_id_, batches.add(report_.run_id, batch));
    for (const PlannedRequest& planned : planned_)
      STUBKEEPER_TRY(reserve(batch_id_, planned, fmt::format("{}-{}", batch.label, requests_.size() + 1)));
    return {};
  }));
  if (requests_.empty()) return batches.record_finished(batch_id_, "no request fits the budget");

  const auto prepared = service_.prepare(requests_);
  if (!prepared.ok()) return cancel(prepared.error().text(), true);
  if (!context_.keep_going()) {
    report_.interrupted = true;
    return cancel("the run was asked to stop", false);
  }
  STUBKEEPER_TRY(batches.record_submitting(batch_id_, *prepared, context_.clock.now()));
  const llm::Submission submission = service_.submit(*prepared, requests_, batch.label);
  if (submission.state == llm::Submission::State::refused) return cancel(submission.error.text(), true);
  if (submission.state == llm::Submission::State::submitted) {
    STUBKEEPER_TRY(batches.record_submitted(batch_id_, submission.id));
  } else {
    report_.add_failure("batch " + batch.label, submission.error.text() +
                                                    "; it may have been submitted, and is looked for "
                                                    "by a later refresh");
  }
  report_.model.batch_requests += static_cast<int>(requests_.size());
  ++report_.model.batches_open;
  return {};
}

Status BatchSubmitter::cancel(const std::string& why, bool is_failure) {
  report_.model.deferred_entries += static_cast<int>(requests_.size());
  if (is_failure) report_.add_failure(context_.drafter.name(), report_.model.given_up = why);
  return discard_batch(context_, batch_id_, why);
}

}  // namespace

Status submit_batch(const DraftContext& context, EntryDraftQueue& drafting, RefreshReport& report) {
  BatchSubmitter batch{context, drafting, report};
  STUBKEEPER_TRY(batch.plan());
  return batch.submit();
}

}  // namespace stubkeeper::cron
