#include "llm/drafting/endpoint_health.h"

namespace stubkeeper::llm {
namespace {

constexpr int most_failures_in_a_row = 3;

bool would_meet_every_request(FailureKind kind) {
  return kind == FailureKind::unauthorized || kind == FailureKind::no_credit ||
         kind == FailureKind::redirected || kind == FailureKind::unreachable ||
         kind == FailureKind::rate_limited;
}

}  // namespace

void EndpointHealth::note(const AnswerOrFailure& outcome) {
  const auto* failure = std::get_if<ModelFailure>(&outcome);
  if (failure == nullptr) {
    failures_in_a_row_ = 0;
    return;
  }
  if (failure->kind == FailureKind::stopped || given_up_) return;
  ++failures_in_a_row_;
  if (would_meet_every_request(failure->kind) || failures_in_a_row_ >= most_failures_in_a_row)
    given_up_ = failure->error;
}

}  // namespace stubkeeper::llm
