#include "tests/llm/run_ledger.h"

#include <fmt/format.h>

#include <algorithm>

namespace stubkeeper::llm::testing {

Status check_affordable(const CallBound& bound, const ModelIdentity& identity, MicroDollars left) {
  if (!bound.cost) {
    return Error{
        ErrorCode::limit,
        fmt::format("what \"{}\" costs is not known for a prompt of up to {} tokens, and spending is limited "
                    "in dollars",
                    identity.model, bound.input_tokens),
        identity.base_url,
        "give its price in the configuration (0 where it costs nothing), or set no limit in dollars"};
  }
  if (*bound.cost <= left) return {};
  return Error{ErrorCode::limit,
               fmt::format("the call can cost {}, and {} are left", dollars(*bound.cost),
                           dollars(std::max<MicroDollars>(left, 0))),
               identity.base_url, ""};
}

Result<std::optional<CachedAnswer>> RunLedger::cached_answer(const std::string& request_sha256) {
  const auto found = answers_.find(request_sha256);
  return found == answers_.end() ? std::optional<CachedAnswer>{} : std::optional{found->second};
}

Result<std::int64_t> RunLedger::reserve(const CallReservation& call) {
  if (tokens_left_ && call.bound.tokens > *tokens_left_) {
    return Error{ErrorCode::limit,
                 fmt::format("the call can use {} tokens, and {} are left of the run's budget",
                             call.bound.tokens, std::max<std::int64_t>(*tokens_left_, 0)),
                 call.identity.base_url, ""};
  }
  if (dollars_left_) STUBKEEPER_TRY(check_affordable(call.bound, call.identity, *dollars_left_));
  if (tokens_left_) *tokens_left_ -= call.bound.tokens;
  if (dollars_left_) *dollars_left_ -= *call.bound.cost;
  open_.emplace(next_call_, call);
  return next_call_++;
}

Status RunLedger::settle(std::int64_t call, const Settlement& settlement, const ModelOutcome&,
                         const std::optional<CachedAnswer>& answer) {
  const auto node = open_.extract(call);
  if (node.empty()) return Error{ErrorCode::not_found, fmt::format("the call {} is not open", call), "", ""};
  const CallBound& bound = node.mapped().bound;
  tokens_spent_ += settlement.tokens;
  if (tokens_left_) *tokens_left_ += bound.tokens - settlement.tokens;
  // A call whose price turned out unknown (a larger prompt than was bounded) keeps what was
  // reserved for it.
  const std::optional<MicroDollars> cost = settlement.cost ? settlement.cost : bound.cost;
  if (cost) dollars_spent_ += *cost;
  if (dollars_left_ && bound.cost && cost) *dollars_left_ += *bound.cost - *cost;
  if (answer) answers_.insert_or_assign(node.mapped().request_sha256, *answer);
  return {};
}

}  // namespace stubkeeper::llm::testing
