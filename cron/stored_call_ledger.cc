#include "cron/stored_call_ledger.h"

#include <algorithm>

#include "kb/entries/entry_store.h"

namespace stubkeeper::cron {
namespace {

llm::Verdict to_verdict(kb::AnswerVerdict verdict) {
  switch (verdict) {
    case kb::AnswerVerdict::answered:
      return llm::Verdict::answered;
    case kb::AnswerVerdict::refused:
      return llm::Verdict::refused;
    case kb::AnswerVerdict::too_long:
      return llm::Verdict::too_long;
    case kb::AnswerVerdict::unusable:
      break;
  }
  return llm::Verdict::unusable;
}

kb::AnswerVerdict to_verdict(llm::Verdict verdict) {
  switch (verdict) {
    case llm::Verdict::answered:
      return kb::AnswerVerdict::answered;
    case llm::Verdict::refused:
      return kb::AnswerVerdict::refused;
    case llm::Verdict::too_long:
      return kb::AnswerVerdict::too_long;
    case llm::Verdict::unusable:
      break;
  }
  return kb::AnswerVerdict::unusable;
}

Result<std::optional<std::int64_t>> remaining_of_cap(kb::Spending& spending, std::optional<std::int64_t> cap,
                                                     Timestamp from) {
  if (!cap) return cap;
  STUBKEEPER_ASSIGN(const auto spent, spending.since(from));
  return std::optional{std::max<std::int64_t>(*cap - spent.micro_usd, 0)};
}

}  // namespace

kb::CallSettlement to_settlement_record(const llm::Settlement& settlement, const llm::CallBound& bound,
                                        const llm::ModelOutcome& outcome) {
  kb::CallSettlement record;
  record.tokens = settlement.tokens;
  // A call whose price turned out unknown (a larger prompt than was bounded) keeps what was reserved for it.
  record.micro_usd = settlement.cost ? settlement.cost : bound.cost;
  record.saved_micro_usd = settlement.saved_by_cache;
  record.attempts = outcome.attempts;
  if (const auto* failure = std::get_if<llm::ModelFailure>(&outcome.result)) {
    record.outcome = kb::CallOutcome::failed;
    record.detail = std::string{llm::failure_kind_name(failure->kind)} + ": " + failure->error.message;
    record.provider_request_id = failure->provider_request_id;
  } else {
    record.provider_request_id = std::get<llm::ModelAnswer>(outcome.result).provider_request_id;
  }
  return record;
}

kb::ModelAnswerRecord to_answer_record(const llm::CachedAnswer& answer) {
  return {to_verdict(answer.verdict), answer.text};
}

llm::CachedAnswer from_answer_record(const kb::ModelAnswerRecord& record) {
  return {to_verdict(record.verdict), record.text};
}

Result<std::optional<llm::CachedAnswer>> StoredCallLedger::cached_answer(const std::string& request_sha256) {
  STUBKEEPER_ASSIGN(const auto kept, spending_.cached_answer(request_sha256));
  if (!kept) return std::optional<llm::CachedAnswer>{};
  ++reused_answers_.requests;
  reused_answers_.tokens += kept->tokens;
  reused_answers_.micro_usd += kept->micro_usd.value_or(0);
  return std::optional{from_answer_record(kept->answer)};
}

Result<std::int64_t> StoredCallLedger::reserve(const llm::CallReservation& call) {
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store_}.find(call.entry_path));
  kb::NewModelCall fresh;
  fresh.run_id = run_id_;
  fresh.entry_id = entry ? entry->id : 0;
  fresh.protocol = call.identity.protocol;
  fresh.base_url = call.identity.base_url;
  fresh.model = call.identity.model;
  fresh.prompt_version = call.prompt_version;
  fresh.request_sha256 = call.request_sha256;
  fresh.reserved_tokens = call.bound.tokens;
  fresh.reserved_micro_usd = call.bound.cost;
  STUBKEEPER_ASSIGN(const kb::Id id, spending_.reserve(fresh, caps_, clock_.now()));
  open_.emplace(id, call.bound);
  return id;
}

Status StoredCallLedger::settle(std::int64_t call, const llm::Settlement& settlement,
                                const llm::ModelOutcome& outcome,
                                const std::optional<llm::CachedAnswer>& answer) {
  const auto node = open_.extract(call);
  if (node.empty())
    return Error{ErrorCode::not_found, "the call " + std::to_string(call) + " is not open", "", ""};
  std::optional<kb::ModelAnswerRecord> record;
  if (answer) record = to_answer_record(*answer);
  return spending_.settle(call, to_settlement_record(settlement, node.mapped(), outcome), record,
                          clock_.now());
}

Result<RemainingBudget> remaining_budget(kb::Spending& spending, const config::Configuration::Budget& budget,
                                         Timestamp now) {
  RemainingBudget left;
  STUBKEEPER_ASSIGN(left.today, remaining_of_cap(spending, budget.micro_usd_per_day, kb::start_of_day(now)));
  STUBKEEPER_ASSIGN(left.this_month,
                    remaining_of_cap(spending, budget.micro_usd_per_month, kb::start_of_month(now)));
  return left;
}

kb::SpendingCaps spending_caps(const config::Configuration::Budget& budget) {
  return {budget.tokens_per_run, budget.micro_usd_per_run, budget.micro_usd_per_day,
          budget.micro_usd_per_month};
}

}  // namespace stubkeeper::cron
