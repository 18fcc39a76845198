#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "base/result.h"

namespace stubkeeper::llm {

// A request to a model: one turn, no tools, an answer in JSON. All texts are well-formed UTF-8.
struct ModelRequest {
  std::string instructions;  // the system text: the same for many requests, so that endpoints can cache it
  std::string input;         // the user's text
  std::string schema_name;   // 1 to 64 of A-Z a-z 0-9 _ -
  // JSON Schema of the answer, in the subset of answer_schema.h; its key order counts.
  std::string answer_schema;
  std::int64_t max_output_tokens = 0;  // hidden reasoning included; at least 16
  std::optional<double> temperature;   // not sent where nothing is set: some models refuse it
};

// The tokens of a call, as the endpoint reports them. The kinds of input are disjoint, whatever the
// endpoint's own counting: their sum is the prompt.
struct TokenUsage {
  std::int64_t input = 0;         // neither read from a cache nor written to one
  std::int64_t cached_input = 0;  // read from the endpoint's cache
  std::int64_t cache_write = 0;   // written to it
  std::int64_t output = 0;        // everything generated, hidden reasoning included
  std::int64_t reasoning = 0;     // the part of `output` that is hidden reasoning

  bool operator==(const TokenUsage&) const = default;
};

// Why a model stopped writing.
enum class FinishReason {
  complete,
  truncated,  // it ran out of room: the text is a beginning
  refused,    // it, or a filter, would not answer
  other,      // anything that no request of ours asks for, such as a tool call
};

struct ModelAnswer {
  std::string text;  // as sent, not yet looked at as JSON: see answer_schema.h
  FinishReason finish = FinishReason::complete;
  std::string provider_finish_reason;  // the endpoint's own, such as "max_tokens"
  std::string refusal;                 // what it said instead of answering, where it has a place for that
  std::optional<TokenUsage> usage;
  std::string model;                // that answered, by its own account
  std::string provider_request_id;  // for the provider's support
};

enum class FailureKind {
  invalid_request,  // it cannot be answered as it is: unknown model or parameter, too long
  unauthorized,     // no key, or one that is not accepted
  no_credit,        // the account's quota is used up; time alone does not help
  rate_limited,     // too many requests, or the endpoint is overloaded
  server_error,     // the endpoint failed
  redirected,       // it answered from another address, where a key is not sent
  unreachable,      // no connection
  timed_out,        // sent, and not answered in time
  connection_lost,  // sent, and the answer did not come whole
  answer_too_large,
  unreadable_answer,  // no answer in the endpoint's format
  input_truncated,    // the endpoint did not read the whole prompt
  stopped,            // the run was asked to stop
};

// The stable name of a kind: "rate_limited".
const char* failure_kind_name(FailureKind kind);

// The possible charge for a call without an answer.
enum class Charge {
  none,            // nothing: refused, failed or not sent
  as_reported,     // what `usage` says
  at_upper_bound,  // unknown, so as much as it can have been: it was sent
};

struct ModelFailure {
  FailureKind kind = FailureKind::server_error;
  Error error;
  bool retryable = false;  // the same request may succeed later
  Charge charge = Charge::none;
  std::optional<TokenUsage> usage;  // where charge is as_reported
  int http_status = 0;              // 0: no answer
  std::string provider_request_id;
};

using AnswerOrFailure = std::variant<ModelAnswer, ModelFailure>;

// The charge to settle a call at: an answer without usage counts at its upper bound.
Charge charge_of(const AnswerOrFailure& outcome);

struct ModelCall {
  std::int64_t tag = 0;  // the caller's, given back with the outcome
  ModelRequest request;
};

struct ModelOutcome {
  std::int64_t tag = 0;
  int attempts = 0;  // requests sent, or tried to send
  AnswerOrFailure result;
};

// A model at an endpoint.
struct ModelIdentity {
  std::string protocol;  // "chat_completions", "responses", "ollama_chat", "messages"
  std::string base_url;
  std::string model;

  bool operator==(const ModelIdentity&) const = default;
};

// A language model at an endpoint, as a seam.
class Model {
 public:
  virtual ~Model() = default;
  virtual const ModelIdentity& identity() const = 0;

  // Makes calls until `next_call` has no more, several at a time, in the calling thread.
  // `next_call` is called only when a call can be sent at once, so that the caller can reserve its
  // upper bound there, and again after every outcome, which may lead to another call. Each call
  // gets exactly one outcome, in any order, and is charged at most once: only an attempt that cost
  // nothing is retried. `keep_going` is asked often; once it is false, nothing more is sent and the
  // calls under way come back as `stopped`, charged at their upper bound where they were sent.
  virtual void complete(const std::function<std::optional<ModelCall>()>& next_call,
                        const std::function<void(ModelOutcome)>& on_outcome,
                        const std::function<bool()>& keep_going) = 0;
};

// The canonical form of a request to a model: JSON with sorted keys, every field, no white space.
// Two requests have the same form exactly when a model cannot tell them apart.
std::string canonical_form(const ModelIdentity& identity, const ModelRequest& request);

// The SHA-256 of the canonical form, in hexadecimal: the key for a cache of answers.
std::string canonical_hash(const ModelIdentity& identity, const ModelRequest& request);

}  // namespace stubkeeper::llm
