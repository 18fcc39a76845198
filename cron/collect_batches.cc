#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cron/batches.h"
#include "kb/entries/entry_store.h"
#include "kb/runs/model_batches.h"
#include "llm/drafting/dialog.h"
#include "llm/drafting/prompt.h"
#include "review/task.h"

namespace stubkeeper::cron {
namespace {

// A submission that is not found at the endpoint for so long never arrived.
constexpr std::chrono::minutes longest_arrival{10};
// Endpoints keep results for about a month; after that nobody will ever know.
constexpr std::chrono::days longest_wait{30};
// Clocks differ.
constexpr std::chrono::minutes clock_difference{10};

class Collecting {
 public:
  Collecting(const RefreshParts& parts, RefreshReport& report)
      : parts_(parts), service_(*parts.model->batches), batches_(parts.store), report_(report) {}

  Status look_at(const kb::ModelBatch& batch);

 private:
  Status find(const kb::ModelBatch& batch);
  Result<std::optional<llm::BatchState>> found_at_endpoint(const kb::ModelBatch& batch, bool& may_come);
  Status fetch(const kb::ModelBatch& batch, const std::string& remote_id);
  Status settle(const kb::ModelBatchItem& item, const llm::AnswerOrFailure& result);
  Status settle_at_bound(const kb::ModelBatch& batch, const std::string& why);
  void leave(const kb::ModelBatch& batch, const Error& error);

  const RefreshParts& parts_;
  llm::BatchService& service_;
  kb::ModelBatches batches_;
  RefreshReport& report_;
};

llm::CallBound bound_of(const kb::ModelBatchItem& item) {
  return {item.bound_tokens, item.bound_tokens, item.bound_micro_usd};
}

kb::CallSettlement unsent(const kb::ModelBatchItem& item, const std::string& why) {
  kb::CallSettlement settlement;
  settlement.outcome = kb::CallOutcome::failed;
  if (item.bound_micro_usd) settlement.micro_usd = 0;
  settlement.detail = why;
  return settlement;
}

Status Collecting::look_at(const kb::ModelBatch& batch) {
  const llm::ModelIdentity& here = service_.identity();
  const bool is_ours = batch.protocol == here.protocol && batch.base_url == here.base_url;
  if (batch.stage == kb::BatchStage::preparing)
    return forget_batch(parts_, batch.id, "its run ended before it was submitted");
  if (batch.noted_at + longest_wait < parts_.clock.now())
    return settle_at_bound(batch, "nothing was heard of it for a month");
  if (!is_ours) {
    ++report_.model.batches_open;
    return {};
  }
  return batch.stage == kb::BatchStage::submitting ? find(batch) : fetch(batch, batch.remote_id);
}

// Of a submission without an answer: is it there?
Status Collecting::find(const kb::ModelBatch& batch) {
  bool may_come = parts_.clock.now() < batch.noted_at + longest_arrival;
  const auto found = found_at_endpoint(batch, may_come);
  if (!found.ok()) {
    leave(batch, found.error());
    return {};
  }
  if (*found) {
    STUBKEEPER_TRY(batches_.note_submitted(batch.id, (*found)->id));
    return fetch(batch, (*found)->id);
  }
  if (!may_come) return forget_batch(parts_, batch.id, "it never arrived at the endpoint");
  ++report_.model.batches_open;
  return {};
}

Result<std::optional<llm::BatchState>> Collecting::found_at_endpoint(const kb::ModelBatch& batch,
                                                                     bool& may_come) {
  STUBKEEPER_ASSIGN(const auto listed, service_.list());
  STUBKEEPER_ASSIGN(const auto items, batches_.open_items(batch.id));
  for (const llm::BatchState& state : listed)
    if (state.label == batch.label) return std::optional{state};
  // Where batches have no label, the names of their requests tell, once their results are there.
  for (const llm::BatchState& state : listed) {
    const bool other = !state.label.empty() || state.requests != static_cast<int>(items.size()) ||
                       (state.created_at && *state.created_at + clock_difference < batch.noted_at);
    if (other) continue;
    if (!state.is_over) {
      may_come = true;
      continue;
    }
    STUBKEEPER_ASSIGN(const auto answers, service_.answers(state));
    if (std::any_of(answers.begin(), answers.end(), [&](const llm::BatchAnswer& answer) {
          return answer.name.starts_with(batch.label + "-");
        }))
      return std::optional{state};
  }
  return std::optional<llm::BatchState>{};
}

Status Collecting::fetch(const kb::ModelBatch& batch, const std::string& remote_id) {
  const auto state = service_.look(remote_id);
  if (!state.ok()) {
    leave(batch, state.error());
    return {};
  }
  if (!state->is_over) {
    ++report_.model.batches_open;
    return {};
  }
  const auto answers = service_.answers(*state);
  if (!answers.ok()) {
    leave(batch, answers.error());
    return {};
  }
  std::map<std::string, const llm::BatchAnswer*> by_name;
  for (const llm::BatchAnswer& answer : *answers) by_name.emplace(answer.name, &answer);
  STUBKEEPER_ASSIGN(const auto items, batches_.open_items(batch.id));
  for (const kb::ModelBatchItem& item : items) {
    const auto answer = by_name.find(item.name);
    if (answer != by_name.end()) {
      STUBKEEPER_TRY(settle(item, answer->second->result));
      continue;
    }
    // Of a batch that failed as a whole nothing was begun; elsewhere what is missing may have been worked
    // for.
    llm::ModelFailure missing;
    missing.kind = llm::FailureKind::unreadable_answer;
    missing.charge =
        answers->empty() && state->word == "failed" ? llm::Charge::none : llm::Charge::at_upper_bound;
    missing.error = {ErrorCode::network, "the batch (" + state->word + ") has no answer to it", "", ""};
    STUBKEEPER_TRY(settle(item, missing));
  }
  return batches_.note_over(batch.id, state->word);
}

Status Collecting::settle(const kb::ModelBatchItem& item, const llm::AnswerOrFailure& result) {
  std::optional<llm::KeptAnswer> kept;
  if (const auto* answer = std::get_if<llm::ModelAnswer>(&result)) {
    const auto checked = llm::check_answer(llm::drafting_answer_schema(), answer->text);
    if (answer->finish == llm::Finish::refused) {
      kept = llm::KeptAnswer{llm::Verdict::refused, answer->refusal};
    } else if (answer->finish == llm::Finish::cut_off) {
      kept = llm::KeptAnswer{llm::Verdict::too_long, ""};
    } else if (checked.valid()) {
      kept = llm::KeptAnswer{llm::Verdict::answered, checked.json};
    } else {
      // A second time, as with a call of its own.
      STUBKEEPER_ASSIGN(const int failures, batches_.failures_of(item.request_sha256));
      if (failures > 0) kept = llm::KeptAnswer{llm::Verdict::unusable, checked.problems.front()};
    }
  }
  const bool has_answer =
      kept && (kept->verdict == llm::Verdict::answered || kept->verdict == llm::Verdict::refused);
  ++(has_answer ? report_.model.batch_answers : report_.model.batch_failures);
  const llm::CallBound bound = bound_of(item);
  const kb::CallSettlement settlement =
      settlement_record(llm::settle(result, bound, parts_.model->batch_price), bound, {0, 1, result});
  std::optional<kb::ModelAnswerRecord> record;
  if (kept) record = answer_record(*kept);
  return batches_.settle(item, settlement, record, has_answer, parts_.clock.now());
}

Status Collecting::settle_at_bound(const kb::ModelBatch& batch, const std::string& why) {
  STUBKEEPER_ASSIGN(const auto items, batches_.open_items(batch.id));
  for (const kb::ModelBatchItem& item : items) {
    kb::CallSettlement settlement = unsent(item, why);
    settlement.tokens = item.bound_tokens;
    settlement.micro_usd = item.bound_micro_usd;
    STUBKEEPER_TRY(batches_.settle(item, settlement, std::nullopt, false, parts_.clock.now()));
    ++report_.model.batch_failures;
  }
  return batches_.note_over(batch.id, why);
}

void Collecting::leave(const kb::ModelBatch& batch, const Error& error) {
  ++report_.model.batches_open;
  report_.failures.push_back({"batch " + batch.label, error.text()});
}

// Answers are drafted from whatever became of the entry meanwhile: its edits say what they expect to find.
Status draft_from_answers(const RefreshParts& parts, RefreshReport& report) {
  kb::ModelBatches batches{parts.store};
  STUBKEEPER_TRY(batches.give_back_torn());
  STUBKEEPER_ASSIGN(const auto items, batches.answered());
  if (items.empty()) return {};
  STUBKEEPER_ASSIGN(const auto all, kb::EntryStore{parts.store}.list());
  const review::RelatedEntries related{all};
  for (const kb::AnsweredItem& item : items) {
    STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{parts.store}.get(item.entry_id));
    const EntryDrafting::Open open{entry, item.passages};
    auto task = review::draft_task(parts.store, parts.clock, entry, item.passages, related);
    // By the numbers of the request; today others might be chosen.
    if (task.ok()) task->related = related.listed(entry, item.related_entries);
    Status done = task.ok() ? Status{} : Status{task.error()};
    if (done.ok()) {
      const llm::Draft draft = llm::draft_of_kept(*task, kept_answer_of(item.answer));
      report.model.refusals += draft.refusals;
      done = parts.store.atomically([&]() -> Status {
        STUBKEEPER_TRY(propose_draft(parts, open, *task, draft, parts.drafter.name(), false, report));
        return batches.note_done(item.call_id);
      });
    }
    if (done.ok()) continue;
    report.failures.push_back({entry.path, done.error().text()});
    STUBKEEPER_TRY(batches.note_failed(item.call_id));
  }
  return {};
}

}  // namespace

Status forget_batch(const RefreshParts& parts, kb::Id batch_id, const std::string& why) {
  kb::ModelBatches batches{parts.store};
  return parts.store.atomically([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto items, batches.open_items(batch_id));
    for (const kb::ModelBatchItem& item : items)
      STUBKEEPER_TRY(batches.settle(item, unsent(item, why), std::nullopt, false, parts.clock.now()));
    return batches.note_over(batch_id, why);
  });
}

Status collect_batches(const RefreshParts& parts, RefreshReport& report) {
  if (parts.model == nullptr || parts.model->batches == nullptr) return {};
  STUBKEEPER_ASSIGN(const auto open, kb::ModelBatches{parts.store}.open());
  Collecting collecting{parts, report};
  for (const kb::ModelBatch& batch : open) {
    if (!parts.keep_going()) {
      report.interrupted = true;
      return {};
    }
    STUBKEEPER_TRY(collecting.look_at(batch));
  }
  return draft_from_answers(parts, report);
}

}  // namespace stubkeeper::cron
