#pragma once

#include <optional>

#include "llm/model.h"

namespace stubkeeper::llm {

// Whether an endpoint is worth asking further in this run. It is not after one failure that every request
// would meet (no connection after all retries, no key that it takes, no credit, another address, asked to be
// left alone for long), nor after three failed calls in a row.
class EndpointHealth {
 public:
  void record(const AnswerOrFailure& outcome);
  // Why it is not; the error of the failure that decided.
  const std::optional<Error>& given_up() const { return given_up_; }

 private:
  int consecutive_failures_ = 0;
  std::optional<Error> given_up_;
};

}  // namespace stubkeeper::llm
