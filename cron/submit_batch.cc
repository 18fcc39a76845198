#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <random>
#include <set>

#include "cron/batches.h"
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

bool share_a_passage(const PlannedRequest& a, const PlannedRequest& b) {
  return std::any_of(a.passages.begin(), a.passages.end(), [&](const kb::Routing& routing) {
    return std::any_of(b.passages.begin(), b.passages.end(),
                       [&](const kb::Routing& other) { return other.passage_id == routing.passage_id; });
  });
}

// Where a passage's pieces are with several requests, all of the entry's hang together: a part of them would
// be cut otherwise when it is asked about alone, and paid for again.
void count_parts(std::vector<PlannedRequest>& of_entry) {
  bool are_torn = false;
  for (std::size_t i = 1; i < of_entry.size(); ++i)
    are_torn = are_torn || share_a_passage(of_entry[i - 1], of_entry[i]);
  if (!are_torn) return;
  for (PlannedRequest& planned : of_entry) planned.parts = static_cast<int>(of_entry.size());
}

// Unique over all knowledge bases of an account.
std::string fresh_label() {
  std::random_device device;
  std::string label = "stubkeeper-";
  for (int i = 0; i < 4; ++i) label += fmt::format("{:08x}", device());
  return label;
}

// Whether a task's passage is a whole routed one, or a piece of it ("p12-2").
bool is_of(const llm::TaskPassage& passage, const kb::Routing& routing) {
  const std::string id = "p" + std::to_string(routing.passage_id);
  return passage.id == id || passage.id.starts_with(id + "-");
}

// The routings that passages of a task stand for.
std::vector<kb::Routing> routings_of(const llm::Task& task, const std::vector<std::size_t>& shown,
                                     const std::vector<kb::Routing>& waiting) {
  std::vector<kb::Routing> routings;
  std::copy_if(waiting.begin(), waiting.end(), std::back_inserter(routings), [&](const kb::Routing& routing) {
    return std::any_of(shown.begin(), shown.end(),
                       [&](std::size_t index) { return is_of(task.passages[index], routing); });
  });
  return routings;
}

class BatchDrafting {
 public:
  BatchDrafting(const RefreshParts& parts, EntryDrafting& drafting, RefreshReport& report)
      : parts_(parts), service_(*parts.model->batches), drafting_(drafting), report_(report) {}

  Status plan() {
    while (std::optional<llm::Task> task = drafting_.next_task())
      STUBKEEPER_TRY(plan_entry(*std::move(task)));
    return {};
  }

  Status submit();

 private:
  Status plan_entry(llm::Task task);
  Result<std::vector<kb::Id>> ids_of(const std::vector<llm::RelatedEntry>& related) const;
  Result<bool> reserve(kb::Id batch_id, const PlannedRequest& planned, const std::string& name);
  Status take_back(const std::string& why, bool is_failure);

  const RefreshParts& parts_;
  llm::BatchService& service_;
  EntryDrafting& drafting_;
  RefreshReport& report_;
  std::vector<PlannedRequest> planned_;
  std::vector<llm::BatchRequest> requests_;
  kb::Id batch_id_ = 0;
};

// What was kept is drafted as ever; the rest is planned, and left out of that.
Status BatchDrafting::plan_entry(llm::Task task) {
  const std::string path = task.entry_path;
  const EntryDrafting::Open open = drafting_.open(path);
  llm::Dialog dialog{service_.identity(), std::move(task), parts_.model->drafting};
  STUBKEEPER_ASSIGN(const auto related, ids_of(dialog.task().related));
  std::vector<PlannedRequest> planned;
  while (!dialog.over()) {
    STUBKEEPER_ASSIGN(const auto kept, parts_.model->books.kept_answer(dialog.key()));
    if (kept) {
      dialog.take_kept(*kept);
      continue;
    }
    planned.push_back({path, open.entry.id, dialog.key(), dialog.request(),
                       routings_of(dialog.task(), dialog.passages(), open.waiting), related, 1});
    dialog.set_aside();
  }
  count_parts(planned);
  std::set<kb::Id> shown;
  for (const PlannedRequest& each : planned) {
    for (const kb::Routing& routing : each.passages) shown.insert(routing.passage_id);
    drafting_.leave_out(path, each.passages);
  }
  llm::DraftedTask rest = dialog.finish();
  std::vector<std::size_t> every(rest.task.passages.size());
  std::iota(every.begin(), every.end(), std::size_t{0});
  const std::size_t in_task = routings_of(rest.task, every, open.waiting).size();
  // Passages that a task leaves out go with the first request.
  if (!planned.empty() && shown.size() == in_task && in_task < open.waiting.size()) {
    planned.front().passages = open.waiting;
    for (std::size_t i = 1; i < planned.size(); ++i) {
      std::erase_if(planned.front().passages, [&](const kb::Routing& routing) {
        return std::any_of(planned[i].passages.begin(), planned[i].passages.end(),
                           [&](const kb::Routing& other) { return other.passage_id == routing.passage_id; });
      });
    }
    drafting_.leave_out(path, planned.front().passages);
  }
  drafting_.take(std::move(rest));
  planned_.insert(planned_.end(), std::make_move_iterator(planned.begin()),
                  std::make_move_iterator(planned.end()));
  return {};
}

Result<std::vector<kb::Id>> BatchDrafting::ids_of(const std::vector<llm::RelatedEntry>& related) const {
  std::vector<kb::Id> ids;
  for (const llm::RelatedEntry& each : related) {
    STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{parts_.store}.find(each.path));
    if (!entry) return Error{ErrorCode::internal, "a related entry is not in the store", each.path, ""};
    ids.push_back(entry->id);
  }
  return ids;
}

Result<bool> BatchDrafting::reserve(kb::Id batch_id, const PlannedRequest& planned, const std::string& name) {
  llm::BookedCall call;
  call.entry_path = planned.entry_path;
  call.identity = service_.identity();
  call.prompt_version = llm::drafting_prompt().version;
  call.request_sha256 = planned.key;
  call.bound = llm::bound_of(planned.request, parts_.model->batch_price);
  const auto reserved = parts_.model->books.reserve(call);
  if (!reserved.ok() && reserved.error().code == ErrorCode::limit) {
    report_.model.out_of_budget = reserved.error().text();
    ++report_.model.left_waiting;
    return false;
  }
  STUBKEEPER_TRY(reserved);
  STUBKEEPER_TRY(kb::ModelBatches{parts_.store}.add_item(
      batch_id,
      {*reserved, planned.entry_id, name, planned.key, call.bound.tokens, call.bound.cost, planned.parts,
       planned.related_entries},
      planned.passages));
  requests_.push_back({name, planned.request});
  return true;
}

Status BatchDrafting::submit() {
  if (planned_.empty() || report_.interrupted) return {};
  kb::ModelBatches batches{parts_.store};
  kb::ModelBatch batch;
  batch.protocol = service_.identity().protocol;
  batch.base_url = service_.identity().base_url;
  batch.model = service_.identity().model;
  batch.label = fresh_label();
  batch.noted_at = parts_.clock.now();
  STUBKEEPER_TRY(parts_.store.atomically([&]() -> Status {
    STUBKEEPER_ASSIGN(batch_id_, batches.add(report_.run_id, batch));
    for (const PlannedRequest& planned : planned_)
      STUBKEEPER_TRY(reserve(batch_id_, planned, fmt::format("{}-{}", batch.label, requests_.size() + 1)));
    return {};
  }));
  if (requests_.empty()) return batches.note_over(batch_id_, "no request fits the budget");

  const auto prepared = service_.prepare(requests_);
  if (!prepared.ok()) return take_back(prepared.error().text(), true);
  if (!parts_.keep_going()) {
    report_.interrupted = true;
    return take_back("the run was asked to stop", false);
  }
  STUBKEEPER_TRY(batches.note_submitting(batch_id_, *prepared, parts_.clock.now()));
  const llm::Submission submission = service_.submit(*prepared, requests_, batch.label);
  if (submission.state == llm::Submission::State::refused) return take_back(submission.error.text(), true);
  if (submission.state == llm::Submission::State::submitted) {
    STUBKEEPER_TRY(batches.note_submitted(batch_id_, submission.id));
  } else {
    report_.failures.push_back({"batch " + batch.label, submission.error.text() +
                                                            "; it may have been submitted, and is looked for "
                                                            "by a later refresh"});
  }
  report_.model.batch_requests += static_cast<int>(requests_.size());
  ++report_.model.batches_open;
  return {};
}

Status BatchDrafting::take_back(const std::string& why, bool is_failure) {
  report_.model.left_waiting += static_cast<int>(requests_.size());
  if (is_failure) report_.failures.push_back({parts_.drafter.name(), report_.model.given_up = why});
  return forget_batch(parts_, batch_id_, why);
}

}  // namespace

Status draft_in_batch(const RefreshParts& parts, EntryDrafting& drafting, RefreshReport& report) {
  BatchDrafting batch{parts, drafting, report};
  STUBKEEPER_TRY(batch.plan());
  return batch.submit();
}

}  // namespace stubkeeper::cron
