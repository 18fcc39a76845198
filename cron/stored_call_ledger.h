#pragma once

#include <map>

#include "base/clock.h"
#include "kb/runs/spending.h"
#include "kb/store/store.h"
#include "llm/drafting/call_ledger.h"

namespace stubkeeper::cron {

// The books of a model's calls in the knowledge base's store: durable before a call is sent, so that what is
// recorded is never below what was spent. Borrows store and clock.
class StoredCallLedger final : public llm::CallLedger {
 public:
  StoredCallLedger(kb::Store& store, const Clock& clock, kb::SpendingCaps caps)
      : store_(store), spending_(store), clock_(clock), caps_(caps) {}

  // Whose calls these are; before the first one.
  void begin_run(kb::Id run_id) { run_id_ = run_id; }

  Result<std::optional<llm::CachedAnswer>> cached_answer(const std::string& request_sha256) override;
  Result<std::int64_t> reserve(const llm::CallReservation& call) override;
  Status settle(std::int64_t call, const llm::Settlement& settlement, const llm::ModelOutcome& outcome,
                const std::optional<llm::CachedAnswer>& answer) override;

  // What this run did not ask because it was kept, and what that had cost.
  struct ReusedAnswers {
    int requests = 0;
    std::int64_t tokens = 0;
    std::int64_t micro_usd = 0;
  };
  const ReusedAnswers& reused_answers() const { return reused_answers_; }

 private:
  kb::Store& store_;
  kb::Spending spending_;
  const Clock& clock_;
  const kb::SpendingCaps caps_;
  kb::Id run_id_ = 0;
  std::map<kb::Id, llm::CallBound> open_;
  ReusedAnswers reused_answers_;
};

// An outcome as it is written down: its words hold no secret.
kb::CallSettlement to_settlement_record(const llm::Settlement& settlement, const llm::CallBound& bound,
                                     const llm::ModelOutcome& outcome);
kb::ModelAnswerRecord to_answer_record(const llm::CachedAnswer& answer);
llm::CachedAnswer from_answer_record(const kb::ModelAnswerRecord& record);

}  // namespace stubkeeper::cron
