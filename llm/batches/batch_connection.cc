#include "llm/batches/batch_connection.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "llm/providers/error_response.h"

namespace stubkeeper::llm {
namespace {

constexpr std::chrono::milliseconds poll_interval{200};
constexpr std::size_t max_id_characters = 200;

}  // namespace

HttpResponse BatchConnection::get(const std::string& path) {
  HttpRequest request = endpoint_->make_http_request({});
  request.url = endpoint_->identity().base_url + path;
  request.body.clear();
  request.is_get = true;
  std::erase_if(request.headers, [](const auto& header) { return header.first == "Content-Type"; });
  return exchange(std::move(request));
}

HttpResponse BatchConnection::post(const std::string& path, const std::string& body,
                                   const std::string& content_type) {
  HttpRequest request = endpoint_->make_http_request({});
  request.url = endpoint_->identity().base_url + path;
  request.body = body;
  for (auto& [name, value] : request.headers)
    if (name == "Content-Type") value = content_type;
  return exchange(std::move(request));
}

HttpResponse BatchConnection::exchange(HttpRequest request) {
  const std::int64_t id = next_id_++;
  transport_.start(id, request, key_);
  for (;;) {
    for (HttpResponse& reply : transport_.wait(poll_interval)) {
      if (reply.id != id) continue;
      if (key_) {
        reply.body = key_->redact(reply.body);
        for (auto& [name, value] : reply.headers) value = key_->redact(value);
      }
      return std::move(reply);
    }
  }
}

Result<std::string> response_body(const HttpResponse& reply, const std::string& where) {
  if (reply.transport_error != TransportError::none)
    return Error{ErrorCode::network, reply.transport_error_text, where, "the next run asks again"};
  if (reply.status < 200 || reply.status >= 300)
    return parse_error_response(reply, parse_leniently(reply.body), where).error;
  return reply.body;
}

Result<Json> parse_json_response(const HttpResponse& reply, const std::string& where) {
  STUBKEEPER_ASSIGN(const std::string body, response_body(reply, where));
  Json json = parse_leniently(body);
  if (!json.is_object()) return Error{ErrorCode::network, "the answer is no JSON object", where, ""};
  return json;
}

bool had_no_effect(const HttpResponse& reply) {
  if (reply.transport_error != TransportError::none && reply.status < 400) return !reply.was_sent;
  // A gateway's error says nothing of what stands behind it.
  return reply.status >= 300 && reply.status < 500 && reply.status != 408;
}

std::string sanitize_id(const std::string& id) {
  const bool fits = id.size() <= max_id_characters && std::all_of(id.begin(), id.end(), [](char c) {
                      return is_ascii_alphanumeric(c) || c == '_' || c == '-';
                    });
  return fits ? id : "";
}

std::vector<Json> parse_json_lines(const std::string& text) {
  std::vector<Json> lines;
  for (const std::string_view line : split(text, '\n')) {
    Json json = parse_leniently(line);
    if (json.is_object()) lines.push_back(std::move(json));
  }
  return lines;
}

AnswerOrFailure parse_batch_answer(const Endpoint& endpoint, int status, const Json& body) {
  HttpResponse reply;
  reply.was_sent = true;
  reply.status = status;
  reply.body = to_compact_json(body);
  return endpoint.parse_response({}, reply);
}

ModelFailure unanswered_failure(const std::string& why) {
  ModelFailure failure;
  failure.kind = FailureKind::server_error;
  failure.retryable = true;
  failure.error = {ErrorCode::network, "not answered within the batch: " + why, "", ""};
  return failure;
}

}  // namespace stubkeeper::llm
