#include "cron/store_books.h"

#include "kb/entries/entry_store.h"

namespace stubkeeper::cron {
namespace {

llm::Verdict verdict_of(kb::AnswerVerdict verdict) {
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

kb::AnswerVerdict verdict_of(llm::Verdict verdict) {
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

}  // namespace

kb::CallSettlement settlement_record(const llm::Settlement& settlement, const llm::CallBound& bound,
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

kb::ModelAnswerRecord answer_record(const llm::KeptAnswer& answer) {
  return {verdict_of(answer.verdict), answer.text};
}

llm::KeptAnswer kept_answer_of(const kb::ModelAnswerRecord& record) {
  return {verdict_of(record.verdict), record.text};
}

Result<std::optional<llm::KeptAnswer>> StoreBooks::kept_answer(const std::string& request_sha256) {
  STUBKEEPER_ASSIGN(const auto kept, spending_.answer_for(request_sha256));
  if (!kept) return std::optional<llm::KeptAnswer>{};
  ++not_asked_.requests;
  not_asked_.tokens += kept->tokens;
  not_asked_.micro_usd += kept->micro_usd.value_or(0);
  return std::optional{kept_answer_of(kept->answer)};
}

Result<std::int64_t> StoreBooks::reserve(const llm::BookedCall& call) {
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store_}.find(call.entry_path));
  kb::NewModelCall fresh;
  fresh.run_id = run_id_;
  fresh.entry_id = entry ? entry->id : 0;
  fresh.protocol = call.identity.protocol;
  fresh.base_url = call.identity.base_url;
  fresh.model = call.identity.model;
  fresh.prompt_version = call.prompt_version;
  fresh.request_sha256 = call.request_sha256;
  fresh.bound_tokens = call.bound.tokens;
  fresh.bound_micro_usd = call.bound.cost;
  STUBKEEPER_ASSIGN(const kb::Id id, spending_.reserve(fresh, caps_, clock_.now()));
  open_.emplace(id, call.bound);
  return id;
}

Status StoreBooks::settle(std::int64_t call, const llm::Settlement& settlement,
                          const llm::ModelOutcome& outcome, const std::optional<llm::KeptAnswer>& answer) {
  const auto node = open_.extract(call);
  if (node.empty())
    return Error{ErrorCode::not_found, "the call " + std::to_string(call) + " is not open", "", ""};
  std::optional<kb::ModelAnswerRecord> record;
  if (answer) record = answer_record(*answer);
  return spending_.settle(call, settlement_record(settlement, node.mapped(), outcome), record, clock_.now());
}

}  // namespace stubkeeper::cron
