#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>

#include "base/clock.h"
#include "base/steady_clock.h"
#include "base/http/header_fields.h"
#include "llm/http/http_transport.h"
#include "llm/keys/secret.h"
#include "llm/model.h"
#include "llm/providers/endpoint.h"

namespace stubkeeper::llm {

struct RetryPolicy {
  int max_retries = 6;                             // after the first attempt
  std::chrono::milliseconds initial_backoff{500};  // doubled for each retry ...
  std::chrono::milliseconds max_backoff{8'000};    // ... up to this
  std::chrono::milliseconds max_retry_after{120'000};
};

// Whether a failed attempt may be made again: only where it cost nothing. x-should-retry goes
// before the failure's own `retryable`; used-up credit is never asked again.
bool should_retry(const ModelFailure& failure, const HttpHeaders& headers);

// How long an endpoint asks to be left alone from `now` on: retry-after-ms, else Retry-After in
// seconds, also with a fraction, or as a date. Nothing where it does not say, or says nonsense.
std::optional<std::chrono::milliseconds> retry_after(const HttpHeaders& headers, Timestamp now);

// The wait before retry number `retry` (from 0) where the endpoint does not ask for one: doubling,
// less up to a quarter. `jitter` is from [0, 1).
std::chrono::milliseconds backoff(const RetryPolicy& rules, int retry, double jitter);

// The wait before the next attempt, or nothing: no retry. An endpoint that asks for more than
// max_retry_after is neither asked before it wants to be, nor waited for.
std::optional<std::chrono::milliseconds> retry_delay(const RetryPolicy& rules, const ModelFailure& failure,
                                                     const HttpHeaders& headers, int retry, double jitter,
                                                     Timestamp now);

struct HttpModelOptions {
  int parallel = 4;  // calls under way at once
  RetryPolicy retries;
  std::uint32_t jitter_seed = 0;  // 0: from the machine
};

// A model at an HTTP endpoint. Retries by RetryPolicy; an endpoint that asks to be left alone is
// left alone by all calls. A call whose request left and whose answer did not come whole is not
// sent again: it ends, charged at its upper bound. The key goes into the request's header and
// nowhere else; where an endpoint repeats it, the outcome has "[key]". `transport` and the clocks
// must outlive it.
class HttpModel final : public Model {
 public:
  HttpModel(std::unique_ptr<Endpoint> endpoint, std::optional<Secret> key, HttpTransport& transport,
            SteadyClock& steady_clock, const Clock& clock, HttpModelOptions options = {});

  const ModelIdentity& identity() const override { return endpoint_->identity(); }
  void complete(const std::function<std::optional<ModelCall>()>& next_call,
                const std::function<void(ModelOutcome)>& on_outcome,
                const std::function<bool()>& keep_going) override;

 private:
  struct Pending {
    ModelCall call;
    int attempts = 0;
    SteadyTime due{};
  };

  void start_ready_calls(const std::function<std::optional<ModelCall>()>& next_call,
                         const std::function<void(ModelOutcome)>& on_outcome);
  void start(Pending pending);
  void process_response(HttpResponse reply, const std::function<void(ModelOutcome)>& on_outcome);
  void abandon_all(const std::function<void(ModelOutcome)>& on_outcome);
  void finish(const Pending& pending, AnswerOrFailure result,
              const std::function<void(ModelOutcome)>& on_outcome) const;
  AnswerOrFailure interpret_response(const ModelRequest& request, const HttpResponse& reply) const;
  ModelFailure transport_failure(const ModelRequest& request, const HttpResponse& reply) const;
  ModelFailure stopped(bool was_sent) const;
  std::chrono::milliseconds time_until_next_start() const;
  std::string redact_key(const std::string& text) const;

  std::unique_ptr<Endpoint> endpoint_;
  std::optional<Secret> key_;
  HttpTransport& transport_;
  SteadyClock& steady_clock_;
  const Clock& clock_;
  HttpModelOptions options_;
  std::minstd_rand jitter_;
  std::map<std::int64_t, Pending> in_flight_;  // by the transport's id
  std::deque<Pending> waiting_;                // for their retry, in no order
  SteadyTime paused_until_{};                  // nothing is sent before: the endpoint asked for it
  std::int64_t next_id_ = 1;
};

// An error for a request that no endpoint takes: empty or ill-formed texts, a schema outside the
// subset, too little room.
Status check_request(const ModelRequest& request);

}  // namespace stubkeeper::llm
