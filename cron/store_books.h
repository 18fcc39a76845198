#pragma once

#include <map>

#include "base/clock.h"
#include "kb/runs/spending.h"
#include "kb/store/store.h"
#include "llm/drafting/call_books.h"

namespace stubkeeper::cron {

// The books of a model's calls in the knowledge base's store: durable before a call is sent, so that what is
// recorded is never below what was spent. Borrows store and clock.
class StoreBooks final : public llm::CallBooks {
 public:
  StoreBooks(kb::Store& store, const Clock& clock, kb::SpendingCaps caps)
      : store_(store), spending_(store), clock_(clock), caps_(caps) {}

  // Whose calls these are; before the first one.
  void begin_run(kb::Id run_id) { run_id_ = run_id; }

  Result<std::optional<llm::KeptAnswer>> kept_answer(const std::string& request_sha256) override;
  Result<std::int64_t> reserve(const llm::BookedCall& call) override;
  Status settle(std::int64_t call, const llm::Settlement& settlement, const llm::ModelOutcome& outcome,
                const std::optional<llm::KeptAnswer>& answer) override;

  // What this run did not ask because it was kept, and what that had cost.
  struct NotAsked {
    int requests = 0;
    std::int64_t tokens = 0;
    std::int64_t micro_usd = 0;
  };
  const NotAsked& not_asked() const { return not_asked_; }

 private:
  kb::Store& store_;
  kb::Spending spending_;
  const Clock& clock_;
  const kb::SpendingCaps caps_;
  kb::Id run_id_ = 0;
  std::map<kb::Id, llm::CallBound> open_;
  NotAsked not_asked_;
};

// An outcome as it is written down: its words hold no secret.
kb::CallSettlement settlement_record(const llm::Settlement& settlement, const llm::CallBound& bound,
                                     const llm::ModelOutcome& outcome);
kb::ModelAnswerRecord answer_record(const llm::KeptAnswer& answer);
llm::KeptAnswer kept_answer_of(const kb::ModelAnswerRecord& record);

}  // namespace stubkeeper::cron
