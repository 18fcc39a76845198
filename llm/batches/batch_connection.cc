#include "llm/batches/batch_connection.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "llm/providers/endpoint.h"

namespace stubkeeper::llm {
namespace {

constexpr std::chrono::milliseconds poll_interval{200};
constexpr std::size_t max_id_characters = 200;

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

// Whether a request with this response certainly had no effect.
bool had_no_effect(const HttpResponse& reply) {
  if (reply.transport_error != TransportError::none && reply.status < 400) return !reply.was_sent;
  // A gateway's error says nothing of the server that it passes requests to.
  return reply.status >= 300 && reply.status < 500 && reply.status != 408;
}

}  // namespace

HttpResponse BatchConnection::get(const std::string& path) {
  HttpRequest request = endpoint_->make_http_request({});
  request.url = endpoint_->identity().base_url + path;
  request.body.clear();
  request.is_get = true;
  std::erase_if(request.headers, [](const auto& header) { return header.first == "Content-Type"; });
  return exchange(std::move(request));
}

HttpResponse BatchConnection::send(const std::string& path, const std::string& body,
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

Result<std::vector<Json>> BatchConnection::get_lines(const std::string& path) {
  STUBKEEPER_ASSIGN(const std::string text, response_body(get(path), endpoint_->identity().base_url + path));
  std::vector<Json> lines;
  for (const std::string_view line : split(text, '\n')) {
    Json json = parse_leniently(line);
    if (json.is_object()) lines.push_back(std::move(json));
  }
  return lines;
}

Result<Json> BatchConnection::post(const std::string& path, const std::string& body,
                                   const std::string& content_type) {
  return parse_json_response(send(path, body, content_type), endpoint_->identity().base_url + path);
}

Submission BatchConnection::submit(const std::string& path, const Json& batch, ParseState parse) {
  const HttpResponse reply = send(path, to_compact_json(batch), "application/json");
  const auto json = parse_json_response(reply, endpoint_->identity().base_url + path);
  if (!json.ok())
    return {had_no_effect(reply) ? Submission::State::refused : Submission::State::unknown, "", json.error()};
  const BatchState state = parse(*json);
  if (!state.id.empty()) return {Submission::State::submitted, state.id, {}};
  return {Submission::State::unknown, "", {ErrorCode::network, "the batch has no id", "", ""}};
}

Result<BatchState> BatchConnection::get_batch(const std::string& path, ParseState parse) {
  STUBKEEPER_ASSIGN(const Json json, parse_json_response(get(path), endpoint_->identity().base_url + path));
  return parse(json);
}

Result<std::vector<BatchState>> BatchConnection::list_batches(const std::string& path, ParseState parse) {
  STUBKEEPER_ASSIGN(const Json json,
                    parse_json_response(get(path + "?limit=100"), endpoint_->identity().base_url + path));
  std::vector<BatchState> states;
  for (const Json& item : member(json, "data")) states.push_back(parse(item));
  return states;
}

std::string sanitize_id(const std::string& id) {
  const bool fits = id.size() <= max_id_characters && std::all_of(id.begin(), id.end(), [](char c) {
                      return is_ascii_alphanumeric(c) || c == '_' || c == '-';
                    });
  return fits ? id : "";
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
