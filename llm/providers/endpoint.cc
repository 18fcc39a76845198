#include "llm/providers/endpoint.h"

#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "base/text/utf8.h"

namespace stubkeeper::llm {
namespace {

constexpr std::size_t max_message_characters = 300;

struct ReportedError {
  std::string message;
  std::string type;
  std::string code;
  std::optional<std::int64_t> status;  // where the code is a number
};

ReportedError parse_reported_error(const Json& body) {
  const Json& document = body.is_array() && !body.empty() ? body.front() : body;
  const Json& error = member(document, "error");
  if (error.is_string()) return {error.get<std::string>(), text_member(document, "type"), "", std::nullopt};
  const Json& holder = error.is_object() ? error : document;
  ReportedError reported{text_member(holder, "message"), text_member(holder, "type"),
                         text_member(holder, "code"), count_member(holder, "code")};
  if (reported.message.empty()) reported.message = text_member(holder, "detail");
  // Google's errors have their word in "status".
  if (reported.type.empty()) reported.type = text_member(holder, "status");
  return reported;
}

// Words for an account whose money or plan is used up, as opposed to one that is asked too fast.
bool is_out_of_credit(const ReportedError& reported, int status) {
  constexpr std::array<std::string_view, 8> words{
      "insufficient_quota",           "billing_hard_limit_reached",
      "billing_not_active",           "billing_error",
      "insufficient_balance",         "insufficient_credits",
      "exceeded_current_quota_error", "credit_balance_too_low"};
  const auto is_word = [&](std::string_view word) { return word == reported.code || word == reported.type; };
  if (status == 402 || std::any_of(words.begin(), words.end(), is_word)) return true;
  // Anthropic has no word of its own for it. Not under 429: there "quota" also names limits a
  // minute.
  return (status == 400 || status == 403) &&
         ascii_lower(reported.message).find("credit balance is too low") != std::string::npos;
}

FailureKind to_failure_kind(int status, const ReportedError& reported) {
  if (is_out_of_credit(reported, status)) return FailureKind::no_credit;
  if (status >= 300 && status < 400) return FailureKind::redirected;
  if (status == 401 || status == 403) return FailureKind::unauthorized;
  if (status == 429 || status == 503 || status == 529) return FailureKind::rate_limited;
  if (status == 408 || status == 409 || status >= 500) return FailureKind::server_error;
  return FailureKind::invalid_request;
}

const char* advice_for(FailureKind kind) {
  switch (kind) {
    case FailureKind::no_credit:
      return "the provider's billing page says what is left";
    case FailureKind::unauthorized:
      return "is the key the right one, and is it allowed to use this model?";
    case FailureKind::redirected:
      return "set model.base_url to the address that it really has; a key follows no redirect";
    case FailureKind::invalid_request:
      return "are model.name and model.base_url right?";
    default:
      return "";
  }
}

// One line of somebody else's words, short and harmless.
std::string body_excerpt(std::string_view text) {
  std::string words = sanitize_for_terminal(to_valid_utf8(text.substr(0, 4 * max_message_characters)));
  std::replace(words.begin(), words.end(), '\n', ' ');
  std::replace(words.begin(), words.end(), '\t', ' ');
  return truncate_at_word(trim_ascii(words), max_message_characters);
}

}  // namespace

ModelFailure parse_error_response(const HttpResponse& reply, const Json& body, const std::string& where) {
  const ReportedError reported = parse_reported_error(body);
  const bool under_success = reply.status >= 200 && reply.status < 300;
  int status = reply.status;
  if (under_success) {
    const std::int64_t named = reported.status.value_or(500);
    status = named >= 400 && named < 600 ? static_cast<int>(named) : 500;
  }
  ModelFailure failure;
  if (under_success) failure.charge = Charge::at_upper_bound;
  failure.kind = to_failure_kind(status, reported);
  failure.retryable = failure.kind == FailureKind::rate_limited || failure.kind == FailureKind::server_error;
  failure.http_status = status;
  failure.provider_request_id = provider_request_id(reply.headers, body);
  std::string message = "the endpoint answered " + std::to_string(status);
  const std::string words =
      body_excerpt(reported.message.empty() && !body.is_object() ? reply.body : reported.message);
  if (!words.empty()) message += ": " + words;
  failure.error = {status == 408 || status == 504 ? ErrorCode::timeout : ErrorCode::network, message, where,
                   advice_for(failure.kind)};
  if (failure.kind == FailureKind::no_credit) failure.error.code = ErrorCode::limit;
  if (failure.kind == FailureKind::unauthorized) failure.error.code = ErrorCode::refused;
  if (failure.kind == FailureKind::invalid_request) failure.error.code = ErrorCode::invalid_argument;
  return failure;
}

ModelFailure unreadable_failure(const std::string& what) {
  ModelFailure failure;
  failure.kind = FailureKind::unreadable_answer;
  failure.charge = Charge::at_upper_bound;
  failure.error = {ErrorCode::network, "the endpoint's answer is not in its format: " + what, "",
                   "does model.provider name the kind of endpoint that answers at model.base_url?"};
  return failure;
}

ModelFailure unreadable_failure(const HttpResponse& reply, const std::string& where) {
  const std::string& type = header_value(reply.headers, "content-type");
  const bool says_json = ascii_lower(type).find("json") != std::string::npos;
  ModelFailure failure =
      unreadable_failure(reply.body.empty()          ? std::string{"it is empty"}
                         : says_json || type.empty() ? std::string{"it is no JSON object"}
                                                     : "it is " + body_excerpt(type) + " and no JSON object");
  failure.http_status = reply.status;
  failure.provider_request_id = provider_request_id(reply.headers, Json{});
  failure.error.where = where;
  return failure;
}

std::string provider_request_id(const HttpHeaders& headers, const Json& body) {
  for (const char* name : {"x-request-id", "request-id", "x-generation-id", "apim-request-id"})
    if (const std::string& id = header_value(headers, name); !id.empty()) return body_excerpt(id);
  for (const char* name : {"request_id", "id"})
    if (const std::string id = text_member(body, name); !id.empty()) return body_excerpt(id);
  return "";
}

Endpoint::Endpoint(EndpointSettings settings, std::string protocol) {
  while (settings.base_url.ends_with('/')) settings.base_url.pop_back();
  identity_ = {std::move(protocol), std::move(settings.base_url), std::move(settings.model)};
}

HttpRequest Endpoint::json_request(std::string_view path, const Json& body, KeyHeader key_header) const {
  return {identity_.base_url + std::string{path},
          {{"Content-Type", "application/json"}, {"Accept", "application/json"}},
          std::move(key_header),
          to_compact_json(body)};
}

AnswerOrFailure Endpoint::parse_response(const ModelRequest& request, const HttpResponse& reply) const {
  const Json json = parse_leniently(reply.body);
  const std::string where = make_http_request(request).url;
  const bool refused = reply.status < 200 || reply.status >= 300;
  // Gateways pass an upstream failure on under 200; some answers have an empty place for one.
  const Json& error = member(json, "error");
  const bool failed = !error.is_null() && error != "" && !(error.is_object() && error.empty());
  if (refused || failed) return parse_error_response(reply, json, where);
  if (!json.is_object()) return unreadable_failure(reply, where);

  AnswerOrFailure outcome = parse_answer(request, json);
  const std::string id = provider_request_id(reply.headers, json);
  if (auto* answer = std::get_if<ModelAnswer>(&outcome)) {
    answer->provider_request_id = id;
    answer->model = text_member(json, "model");
  } else {
    auto& failure = std::get<ModelFailure>(outcome);
    failure.provider_request_id = id;
    failure.http_status = reply.status;
    failure.error.where = where;
  }
  return outcome;
}

}  // namespace stubkeeper::llm
