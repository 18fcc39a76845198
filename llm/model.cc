#include "llm/model.h"

#include <iterator>
#include <nlohmann/json.hpp>

#include "base/sha256.h"

namespace stubkeeper::llm {

const char* failure_kind_name(FailureKind kind) {
  // In the order of the enumeration.
  static constexpr const char* names[] = {
      "invalid_request",   "unauthorized", "no_credit", "rate_limited",    "server_error",
      "redirected",        "unreachable",  "timed_out", "connection_lost", "answer_too_large",
      "unreadable_answer", "input_cut",    "stopped"};
  static_assert(std::size(names) == static_cast<std::size_t>(FailureKind::stopped) + 1);
  return names[static_cast<std::size_t>(kind)];
}

Charge charge_of(const AnswerOrFailure& outcome) {
  if (const auto* failure = std::get_if<ModelFailure>(&outcome)) return failure->charge;
  return std::get<ModelAnswer>(outcome).usage ? Charge::as_reported : Charge::at_upper_bound;
}

std::string canonical_form(const ModelIdentity& identity, const ModelRequest& request) {
  // nlohmann's plain objects keep their keys sorted. The schema goes in as its text: the order of
  // its keys is the order in which a model writes.
  nlohmann::json form{{"protocol", identity.protocol},
                      {"base_url", identity.base_url},
                      {"model", identity.model},
                      {"instructions", request.instructions},
                      {"input", request.input},
                      {"schema_name", request.schema_name},
                      {"answer_schema", request.answer_schema},
                      // The old name stays: answers that were kept are found by the hash of these bytes.
                      {"most" "_output_tokens", request.max_output_tokens},
                      {"temperature", nullptr}};
  if (request.temperature) form["temperature"] = *request.temperature;
  return form.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string canonical_hash(const ModelIdentity& identity, const ModelRequest& request) {
  return sha256_hex(canonical_form(identity, request));
}

}  // namespace stubkeeper::llm
