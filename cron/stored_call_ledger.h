#pragma once

#include <map>

#include "base/clock.h"
#include "config/configuration.h"
#include "kb/runs/spending.h"
#include "kb/store/store.h"
#include "llm/drafting/call_ledger.h"

namespace stubkeeper::cron {

// The ledger of a model's calls in the store: durable before a call is sent, so that the sum recorded is never
// below the sum spent. Borrows store and clock.
class StoredCallLedger final : public llm::CallLedger {
 public:
  StoredCallLedger(kb::Store& store, const Clock& clock, kb::SpendingCaps caps)
      : store_(store), spending_(store), clock_(clock), caps_(caps) {}

  // Sets the run that pays; to be called before the first call.
  void begin_run(kb::Id run_id) { run_id_ = run_id; }

  Result<std::optional<llm::CachedAnswer>> cached_answer(const std::string& request_sha256) override;
  Result<std::int64_t> reserve(const llm::CallReservation& call) override;
  Status settle(std::int64_t call, const llm::Settlement& settlement, const llm::ModelOutcome& outcome,
                const std::optional<llm::CachedAnswer>& answer) override;

  // Requests that this run did not send because their answers were stored, and their price then.
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

// An outcome as it is stored, without secrets in its text.
kb::CallSettlement to_settlement_record(const llm::Settlement& settlement, const llm::CallBound& bound,
                                        const llm::ModelOutcome& outcome);
kb::ModelAnswerRecord to_answer_record(const llm::CachedAnswer& answer);
llm::CachedAnswer from_answer_record(const kb::ModelAnswerRecord& record);

// The configured caps as the store takes them.
kb::SpendingCaps spending_caps(const config::Configuration::Budget& budget);

// The rest of the caps in dollars, in micro-dollars, never below 0; nothing where there is no cap.
struct RemainingBudget {
  std::optional<std::int64_t> today;
  std::optional<std::int64_t> this_month;
};
Result<RemainingBudget> remaining_budget(kb::Spending& spending, const config::Configuration::Budget& budget,
                                         Timestamp now);

}  // namespace stubkeeper::cron
