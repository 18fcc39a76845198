#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/unreliable_model.h"

namespace stubkeeper::testing {

struct EndpointClass {
  std::string provider;  // as the configuration names it
  std::string path;      // of the base address
};
const std::vector<EndpointClass>& endpoint_classes();  // all four

// An endpoint of every class that answers as an unreliable model does, for as long as the object lives.
struct UnreliableEndpoint {
  UnreliableModel writer{3};
  QuotingEndpoint endpoint{std::ref(writer)};
  ModelServer server{std::ref(endpoint)};
};

// The [model], [budget] and [[price]] lines of a configuration that asks `model` under a cap of a run: a
// dollar a million tokens of input and four of output, so that a token costs at least a micro-dollar; one
// call at a time, so that a run ends where its cap does; and no fallback.
std::string model_lines(const ModelServer& model, const EndpointClass& kind, double dollars_per_run);

// Checks what holds of a refresh's report: nothing failed, and what was recorded is what the endpoint counted
// in the run, and stays inside the cap.
void check_spending(const nlohmann::json& report, std::int64_t tokens_counted, double dollars_per_run);

// How many changes of a report's proposals are flagged.
int flagged_in(const nlohmann::json& report);

}  // namespace stubkeeper::testing
