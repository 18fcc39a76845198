#include "llm/drafting/endpoint_health.h"

namespace stubkeeper::llm {
namespace {

constexpr int max_consecutive_failures = 3;

bool affects_every_request(FailureKind kind) {
  return kind == FailureKind::unauthorized || kind == FailureKind::no_credit ||
         kind == FailureKind::redirected || kind == FailureKind::unreachable ||
         kind == FailureKind::rate_limited;
}

}  // namespace

void EndpointHealth::record(const AnswerOrFailure& outcome) {
  const auto* failure = std::get_if<ModelFailure>(&outcome);
  if (failure == nullptr) {
    consecutive_failures_ = 0;
    return;
  }
  if (failure->kind == FailureKind::stopped || given_up_) return;
  ++consecutive_failures_;
  if (affects_every_request(failure->kind) || consecutive_failures_ >= max_consecutive_failures)
    given_up_ = failure->error;
}

}  // namespace stubkeeper::llm
