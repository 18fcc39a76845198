#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "llm/drafting/call_ledger.h"

namespace stubkeeper::llm::testing {

// An error where a call may not be made under a limit in dollars: an unknown price is never taken
// for nothing.
Status check_affordable(const CallBound& bound, const ModelIdentity& identity, MicroDollars left);

// The ledger of one run, in memory.
class RunLedger final : public CallLedger {
 public:
  // The most that the run may use and spend; nothing: no limit of that kind.
  RunLedger(std::optional<std::int64_t> tokens, std::optional<MicroDollars> dollars)
      : tokens_left_(tokens), dollars_left_(dollars) {}

  Result<std::optional<CachedAnswer>> cached_answer(const std::string& request_sha256) override;
  Result<std::int64_t> reserve(const CallReservation& call) override;
  Status settle(std::int64_t call, const Settlement& settlement, const ModelOutcome& outcome,
                const std::optional<CachedAnswer>& answer) override;

  std::int64_t tokens_spent() const { return tokens_spent_; }
  MicroDollars dollars_spent() const { return dollars_spent_; }  // of calls whose price is known

 private:
  std::optional<std::int64_t> tokens_left_;
  std::optional<MicroDollars> dollars_left_;
  std::int64_t tokens_spent_ = 0;
  MicroDollars dollars_spent_ = 0;
  std::int64_t next_call_ = 1;
  std::map<std::int64_t, CallReservation> open_;
  std::map<std::string, CachedAnswer> answers_;  // by request
};

}  // namespace stubkeeper::llm::testing
