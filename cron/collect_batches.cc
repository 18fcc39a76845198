#include <algorithm>
#include <map>

#include "cron/draft_entries.h"
#include "kb/entries/entry_store.h"
#include "kb/runs/model_batches.h"
#include "llm/drafting/conversation.h"
#include "llm/drafting/prompt.h"
#include "review/task.h"

namespace stubkeeper::cron {
namespace {

// A submission that is not found at the endpoint for so long never arrived.
constexpr std::chrono::minutes max_arrival_delay{10};
// Endpoints keep results for about a month; after that nobody will ever know.
constexpr std::chrono::days max_batch_age{30};
// Clocks differ.
constexpr std::chrono::minutes max_clock_skew{10};

class BatchCollector {
 public:
  BatchCollector(const DraftContext& context, RefreshReport& report)
      : context_(context), service_(*context.model->batches), batches_(context.store), report_(report) {}

  Status collect(const kb::ModelBatch& batch);

 private:
  Status find(const kb::ModelBatch& batch);
  Result<std::optional<llm::BatchState>> find_at_endpoint(const kb::ModelBatch& batch, bool& may_arrive);
  Status fetch(const kb::ModelBatch& batch, const std::string& remote_id);
  Status settle(const kb::ModelBatchItem& item, const llm::AnswerOrFailure& result);
  Status settle_at_bound(const kb::ModelBatch& batch, const std::string& why);
  void leave_open(const kb::ModelBatch& batch, const Error& error);

  const DraftContext& context_;
  llm::BatchService& service_;
  kb::ModelBatches batches_;
  RefreshReport& report_;
};

kb::CallSettlement unsent_settlement(const kb::ModelBatchItem& item, const std::string& why) {
  kb::CallSettlement settlement;
  settlement.outcome = kb::CallOutcome::failed;
  if (item.reserved_micro_usd) settlement.micro_usd = 0;
  settlement.detail = why;
  return settlement;
}

Status BatchCollector::collect(const kb::ModelBatch& batch) {
  const llm::ModelIdentity& here = service_.identity();
  const bool is_ours = batch.protocol == here.protocol && batch.base_url == here.base_url;
  if (batch.stage == kb::BatchStage::preparing)
    return discard_batch(context_, batch.id, "its run ended before it was submitted");
  if (batch.noted_at + max_batch_age < context_.clock.now())
    return settle_at_bound(batch, "nothing was heard of it for a month");
  if (!is_ours) {
    ++report_.model.batches_open;
    return {};
  }
  return batch.stage == kb::BatchStage::submitting ? find(batch) : fetch(batch, batch.remote_id);
}

// Of a submission without an answer: is it there?
Status BatchCollector::find(const kb::ModelBatch& batch) {
  bool may_arrive = context_.clock.now() < batch.noted_at + max_arrival_delay;
  const auto found = find_at_endpoint(batch, may_arrive);
  if (!found.ok()) {
    leave_open(batch, found.error());
    return {};
  }
  if (*found) {
    STUBKEEPER_TRY(batches_.record_submitted(batch.id, (*found)->id));
    return fetch(batch, (*found)->id);
  }
  if (!may_arrive) return discard_batch(context_, batch.id, "it never arrived at the endpoint");
  ++report_.model.batches_open;
  return {};
}

Result<std::optional<llm::BatchState>> BatchCollector::find_at_endpoint(const kb::ModelBatch& batch,
                                                                        bool& may_arrive) {
  STUBKEEPER_ASSIGN(const auto listed, service_.list());
  STUBKEEPER_ASSIGN(const auto items, batches_.open_items(batch.id));
  for (const llm::BatchState& state : listed)
    if (state.label == batch.label) return std::optional{state};
  // Where batches have no label, the names of their requests tell, once their results are there.
  for (const llm::BatchState& state : listed) {
    const bool other = !state.label.empty() || state.requests != static_cast<int>(items.size()) ||
                       (state.created_at && *state.created_at + max_clock_skew < batch.noted_at);
    if (other) continue;
    if (!state.is_finished) {
      may_arrive = true;
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

Status BatchCollector::fetch(const kb::ModelBatch& batch, const std::string& remote_id) {
  const auto state = service_.get_batch(remote_id);
  if (!state.ok()) {
    leave_open(batch, state.error());
    return {};
  }
  if (!state->is_finished) {
    ++report_.model.batches_open;
    return {};
  }
  const auto answers = service_.answers(*state);
  if (!answers.ok()) {
    leave_open(batch, answers.error());
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
    missing.charge = answers->empty() && state->provider_status == "failed" ? llm::Charge::none
                                                                            : llm::Charge::at_upper_bound;
    missing.error = {ErrorCode::network, "the batch (" + state->provider_status + ") has no answer to it", "",
                     ""};
    STUBKEEPER_TRY(settle(item, missing));
  }
  return batches_.record_finished(batch.id, state->provider_status);
}

Status BatchCollector::settle(const kb::ModelBatchItem& item, const llm::AnswerOrFailure& result) {
  std::optional<llm::CachedAnswer> kept;
  if (const auto* answer = std::get_if<llm::ModelAnswer>(&result)) {
    const auto checked = llm::check_answer(llm::drafting_answer_schema(), answer->text);
    if (answer->finish == llm::FinishReason::refused) {
      kept = llm::CachedAnswer{llm::Verdict::refused, answer->refusal};
    } else if (answer->finish == llm::FinishReason::truncated) {
      kept = llm::CachedAnswer{llm::Verdict::too_long, ""};
    } else if (checked.valid()) {
      kept = llm::CachedAnswer{llm::Verdict::answered, checked.json};
    } else {
      // A second time, as with a call of its own.
      STUBKEEPER_ASSIGN(const int failures, batches_.failure_count(item.request_sha256));
      if (failures > 0) kept = llm::CachedAnswer{llm::Verdict::unusable, checked.problems.front()};
    }
  }
  const bool has_answer =
      kept && (kept->verdict == llm::Verdict::answered || kept->verdict == llm::Verdict::refused);
  ++(has_answer ? report_.model.batch_answers : report_.model.batch_failures);
  const llm::CallBound bound{item.reserved_tokens, item.reserved_tokens, item.reserved_micro_usd};
  const kb::CallSettlement settlement =
      to_settlement_record(llm::settle(result, bound, context_.model->batch_price), bound, {0, 1, result});
  std::optional<kb::ModelAnswerRecord> record;
  if (kept) record = to_answer_record(*kept);
  return batches_.settle(item, settlement, record, has_answer, context_.clock.now());
}

Status BatchCollector::settle_at_bound(const kb::ModelBatch& batch, const std::string& why) {
  STUBKEEPER_ASSIGN(const auto items, batches_.open_items(batch.id));
  for (const kb::ModelBatchItem& item : items) {
    kb::CallSettlement settlement = unsent_settlement(item, why);
    settlement.tokens = item.reserved_tokens;
    settlement.micro_usd = item.reserved_micro_usd;
    STUBKEEPER_TRY(batches_.settle(item, settlement, std::nullopt, false, context_.clock.now()));
    ++report_.model.batch_failures;
  }
  return batches_.record_finished(batch.id, why);
}

void BatchCollector::leave_open(const kb::ModelBatch& batch, const Error& error) {
  ++report_.model.batches_open;
  report_.add_failure("batch " + batch.label, error.text());
}

// Answers are drafted from the entry as it is now: an edit names the text that it expects.
Status draft_batch_answers(const DraftContext& context, RefreshReport& report) {
  kb::ModelBatches batches{context.store};
  STUBKEEPER_TRY(batches.release_incomplete_answers());
  STUBKEEPER_ASSIGN(const auto items, batches.answered());
  if (items.empty()) return {};
  STUBKEEPER_ASSIGN(const auto all, kb::EntryStore{context.store}.list());
  const review::RelatedEntries related{all};
  for (const kb::AnsweredItem& item : items) {
    STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{context.store}.get(item.entry_id));
    const EntryDraftQueue::OpenTask open{entry, item.passages};
    auto task = review::build_draft_task(context.store, context.clock, entry, item.passages, related);
    // By the numbers of the request; today others might be chosen.
    if (task.ok()) task->related = related.listed(entry, item.related_entries);
    Status done = task.ok() ? Status{} : Status{task.error()};
    if (done.ok()) {
      const llm::Draft draft = llm::draft_from_cached_answer(*task, from_answer_record(item.answer));
      report.model.refusals += draft.refusals;
      done = context.store.run_in_transaction([&]() -> Status {
        STUBKEEPER_TRY(propose_draft(context, open, *task, draft, context.drafter.name(), false, report));
        return batches.mark_done(item.call_id);
      });
    }
    if (done.ok()) continue;
    report.add_failure(entry.path, done.error().text());
    STUBKEEPER_TRY(batches.mark_failed(item.call_id));
  }
  return {};
}

}  // namespace

Status discard_batch(const DraftContext& context, kb::Id batch_id, const std::string& why) {
  kb::ModelBatches batches{context.store};
  return context.store.run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto items, batches.open_items(batch_id));
    for (const kb::ModelBatchItem& item : items)
      STUBKEEPER_TRY(
          batches.settle(item, unsent_settlement(item, why), std::nullopt, false, context.clock.now()));
    return batches.record_finished(batch_id, why);
  });
}

Status collect_batches(const DraftContext& context, RefreshReport& report) {
  if (context.model == nullptr || context.model->batches == nullptr) return {};
  STUBKEEPER_ASSIGN(const auto open, kb::ModelBatches{context.store}.open());
  BatchCollector collector{context, report};
  for (const kb::ModelBatch& batch : open) {
    if (!context.keep_going()) {
      report.interrupted = true;
      return {};
    }
    STUBKEEPER_TRY(report.note_failure("batch " + batch.label, collector.collect(batch)));
  }
  return draft_batch_answers(context, report);
}

}  // namespace stubkeeper::cron
