#include "llm/http_model.h"

#include <algorithm>
#include <cmath>

#include "base/text/ascii.h"
#include "base/text/utf8.h"
#include "llm/answer_schema.h"

namespace stubkeeper::llm {
namespace {

using std::chrono::milliseconds;

// Decimal units as milliseconds, rounded up; nothing for anything but digits with at most one
// point. By hand, since std::from_chars has no floating-point form in every standard library.
std::optional<milliseconds> parse_decimal_delay(const std::string& text, double unit_ms) {
  constexpr double ms_per_day = 86'400'000;  // as good as for ever here, and far from overflow
  double number = 0;
  double place = 1;
  bool after_point = false;
  bool has_digits = false;
  for (const char c : text) {
    if (c == '.' && !after_point) {
      after_point = true;
    } else if (is_ascii_digit(c)) {
      has_digits = true;
      number = number * 10 + (c - '0');
      if (after_point) place *= 10;
    } else {
      return std::nullopt;
    }
  }
  if (!has_digits || !std::isfinite(number) || !std::isfinite(place)) return std::nullopt;
  return milliseconds{static_cast<std::int64_t>(std::ceil(std::min(number / place * unit_ms, ms_per_day)))};
}

// At most this long in one piece, so that a wish to stop is heard.
constexpr milliseconds max_sleep{200};
constexpr std::int64_t min_output_tokens = 16;  // OpenAI's responses refuse less
constexpr std::size_t max_name_characters = 64;

bool is_schema_name(const std::string& name) {
  return !name.empty() && name.size() <= max_name_characters &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_ascii_alphanumeric(c) || c == '_' || c == '-'; });
}

}  // namespace

bool should_retry(const ModelFailure& failure, const HttpHeaders& headers) {
  if (failure.charge != Charge::none || failure.kind == FailureKind::no_credit) return false;
  const std::string word = ascii_lower(header_value(headers, "x-should-retry"));
  if (word == "true") return true;
  if (word == "false") return false;
  return failure.retryable;
}

std::optional<milliseconds> retry_after(const HttpHeaders& headers, Timestamp now) {
  if (const auto wait = parse_decimal_delay(header_value(headers, "retry-after-ms"), 1)) return wait;
  const std::string& text = header_value(headers, "retry-after");
  if (const auto wait = parse_decimal_delay(text, 1000)) return wait;
  return parse_retry_after(text, now);
}

milliseconds backoff(const RetryPolicy& rules, int retry, double jitter) {
  milliseconds wait = rules.initial_backoff;
  for (int i = 0; i < retry && wait < rules.max_backoff; ++i) wait *= 2;
  wait = std::min(wait, rules.max_backoff);
  return milliseconds{static_cast<std::int64_t>(static_cast<double>(wait.count()) * (1 - 0.25 * jitter))};
}

std::optional<milliseconds> retry_delay(const RetryPolicy& rules, const ModelFailure& failure,
                                        const HttpHeaders& headers, int retry, double jitter, Timestamp now) {
  if (retry >= rules.max_retries || !should_retry(failure, headers)) return std::nullopt;
  const auto asked = retry_after(headers, now);
  if (!asked) return backoff(rules, retry, jitter);
  if (*asked > rules.max_retry_after) return std::nullopt;
  return asked;
}

Status check_request(const ModelRequest& request) {
  const auto wrong = [](std::string message) {
    return Error{ErrorCode::invalid_argument, std::move(message), "", ""};
  };
  if (request.instructions.empty() || request.input.empty())
    return wrong("a request without instructions or input");
  if (first_invalid_utf8(request.instructions) || first_invalid_utf8(request.input) ||
      first_invalid_utf8(request.answer_schema))
    return wrong("a request whose text is not well-formed UTF-8");
  if (!is_schema_name(request.schema_name)) return wrong("a request whose schema has no usable name");
  if (request.max_output_tokens < min_output_tokens)
    return wrong("a request with room for fewer than " + std::to_string(min_output_tokens) +
                 " tokens of answer");
  return check_answer_schema(request.answer_schema);
}

HttpModel::HttpModel(std::unique_ptr<Endpoint> endpoint, std::optional<Secret> key, HttpTransport& transport,
                     SteadyClock& steady_clock, const Clock& clock, HttpModelOptions options)
    : endpoint_(std::move(endpoint)),
      key_(std::move(key)),
      transport_(transport),
      steady_clock_(steady_clock),
      clock_(clock),
      options_(options),
      jitter_(options.jitter_seed != 0 ? options.jitter_seed : std::random_device{}()) {}

void HttpModel::complete(const std::function<std::optional<ModelCall>()>& next_call,
                         const std::function<void(ModelOutcome)>& on_outcome,
                         const std::function<bool()>& keep_going) {
  for (;;) {
    if (!keep_going()) return abandon_all(on_outcome);
    start_ready_calls(next_call, on_outcome);
    if (!in_flight_.empty()) {
      for (HttpResponse& reply : transport_.wait(time_until_next_start()))
        process_response(std::move(reply), on_outcome);
    } else if (!waiting_.empty() || steady_clock_.now() < paused_until_) {
      steady_clock_.sleep(time_until_next_start());
    } else {
      return;
    }
  }
}

void HttpModel::start_ready_calls(const std::function<std::optional<ModelCall>()>& next_call,
                                  const std::function<void(ModelOutcome)>& on_outcome) {
  while (static_cast<int>(in_flight_.size()) < options_.parallel) {
    const SteadyTime now = steady_clock_.now();
    if (now < paused_until_) return;
    const auto due = std::find_if(waiting_.begin(), waiting_.end(),
                                  [&](const Pending& pending) { return pending.due <= now; });
    if (due != waiting_.end()) {
      Pending pending = std::move(*due);
      waiting_.erase(due);
      start(std::move(pending));
      continue;
    }
    // A call that waits for its retry keeps its place: otherwise a failing endpoint would be given
    // every call there is.
    if (static_cast<int>(in_flight_.size() + waiting_.size()) >= options_.parallel) return;
    std::optional<ModelCall> call = next_call();
    if (!call) return;
    Pending pending{std::move(*call), 0, SteadyTime{}};
    if (const Status fit = check_request(pending.call.request); !fit.ok()) {
      ModelFailure failure;
      failure.kind = FailureKind::invalid_request;
      failure.error = fit.error();
      finish(pending, std::move(failure), on_outcome);
      continue;
    }
    start(std::move(pending));
  }
}

void HttpModel::start(Pending pending) {
  ++pending.attempts;
  const std::int64_t id = next_id_++;
  transport_.start(id, endpoint_->make_http_request(pending.call.request), key_);
  in_flight_.emplace(id, std::move(pending));
}

void HttpModel::process_response(HttpResponse reply, const std::function<void(ModelOutcome)>& on_outcome) {
  auto node = in_flight_.extract(reply.id);
  if (node.empty()) return;
  Pending pending = std::move(node.mapped());
  // Before anything looks at them: an excerpt must not cut a key in half, which would hide it from
  // a search.
  reply.body = redact_key(reply.body);
  for (auto& [name, value] : reply.headers) value = redact_key(value);
  AnswerOrFailure result = interpret_response(pending.call.request, reply);
  if (auto* failure = std::get_if<ModelFailure>(&result)) {
    const double jitter = std::uniform_real_distribution<double>{0, 1}(jitter_);
    const auto wait =
        retry_delay(options_.retries, *failure, reply.headers, pending.attempts - 1, jitter, clock_.now());
    if (wait) {
      pending.due = steady_clock_.now() + *wait;
      if (retry_after(reply.headers, clock_.now())) paused_until_ = std::max(paused_until_, pending.due);
      waiting_.push_back(std::move(pending));
      return;
    }
  }
  finish(pending, std::move(result), on_outcome);
}

AnswerOrFailure HttpModel::interpret_response(const ModelRequest& request, const HttpResponse& reply) const {
  // A refusal whose words did not come whole is a refusal all the same.
  if (reply.transport_error == TransportError::none || reply.status >= 300)
    return endpoint_->parse_response(request, reply);
  return transport_failure(request, reply);
}

ModelFailure HttpModel::transport_failure(const ModelRequest& request, const HttpResponse& reply) const {
  ModelFailure failure;
  failure.http_status = reply.status;
  failure.charge = reply.was_sent ? Charge::at_upper_bound : Charge::none;
  failure.error.code = ErrorCode::network;
  failure.error.where = endpoint_->make_http_request(request).url;
  switch (reply.transport_error) {
    case TransportError::connect_failed:
      failure.kind = FailureKind::unreachable;
      failure.retryable = true;
      failure.error.message = "the endpoint cannot be connected to: " + reply.transport_error_text;
      failure.error.advice = "is it running, and is model.base_url right?";
      break;
    case TransportError::certificate_rejected:
      failure.kind = FailureKind::unreachable;
      failure.error.message = "no trusted connection: " + reply.transport_error_text;
      break;
    case TransportError::timed_out:
      failure.kind = FailureKind::timed_out;
      failure.error.code = ErrorCode::timeout;
      failure.error.message = "no whole answer in time";
      failure.error.advice = "it may have been charged, so it is not sent again by itself";
      break;
    case TransportError::too_large:
      failure.kind = FailureKind::answer_too_large;
      failure.error.code = ErrorCode::limit;
      failure.error.message = reply.transport_error_text;
      break;
    case TransportError::connection_lost:
    case TransportError::none:
      failure.kind = FailureKind::connection_lost;
      failure.error.message = "the answer did not come whole: " + reply.transport_error_text;
      failure.error.advice = "it may have been charged, so it is not sent again by itself";
      break;
  }
  return failure;
}

ModelFailure HttpModel::stopped(bool was_sent) const {
  ModelFailure failure;
  failure.kind = FailureKind::stopped;
  failure.retryable = true;
  failure.charge = was_sent ? Charge::at_upper_bound : Charge::none;
  failure.error = {ErrorCode::busy, "the run was asked to stop", identity().base_url, ""};
  return failure;
}

void HttpModel::abandon_all(const std::function<void(ModelOutcome)>& on_outcome) {
  auto in_flight = std::exchange(in_flight_, {});
  for (auto& [id, pending] : in_flight) finish(pending, stopped(transport_.cancel(id)), on_outcome);
  auto waiting = std::exchange(waiting_, {});
  for (const Pending& pending : waiting) finish(pending, stopped(false), on_outcome);
}

void HttpModel::finish(const Pending& pending, AnswerOrFailure result,
                       const std::function<void(ModelOutcome)>& on_outcome) const {
  if (auto* answer = std::get_if<ModelAnswer>(&result)) {
    // Once more: JSON can spell a key with escapes.
    for (std::string* text : {&answer->text, &answer->refusal, &answer->provider_finish_reason,
                              &answer->model, &answer->provider_request_id})
      *text = redact_key(*text);
  } else {
    auto& failure = std::get<ModelFailure>(result);
    for (std::string* text :
         {&failure.error.message, &failure.error.where, &failure.error.advice, &failure.provider_request_id})
      *text = redact_key(*text);
  }
  on_outcome({pending.call.tag, pending.attempts, std::move(result)});
}

milliseconds HttpModel::time_until_next_start() const {
  const SteadyTime now = steady_clock_.now();
  milliseconds wait = max_sleep;
  if (static_cast<int>(in_flight_.size()) < options_.parallel) {
    for (const Pending& pending : waiting_)
      wait = std::min(wait, std::chrono::ceil<milliseconds>(std::max(pending.due, paused_until_) - now));
    if (waiting_.empty() && in_flight_.empty())
      wait = std::min(wait, std::chrono::ceil<milliseconds>(paused_until_ - now));
  }
  return std::clamp(wait, milliseconds{1}, max_sleep);
}

std::string HttpModel::redact_key(const std::string& text) const {
  return key_ ? key_->redact(text) : text;
}

}  // namespace stubkeeper::llm
