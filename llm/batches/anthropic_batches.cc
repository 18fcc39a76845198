#include "llm/batches/anthropic_batches.h"

namespace stubkeeper::llm {
namespace {

BatchState parse_batch_state(const Json& json) {
  BatchState state;
  state.id = sanitize_id(text_member(json, "id"));
  state.provider_status = text_member(json, "processing_status");
  state.is_finished = state.provider_status == "ended";
  const Json& counts = member(json, "request_counts");
  for (const char* kind : {"processing", "succeeded", "errored", "canceled", "expired"})
    state.requests += static_cast<int>(count_member(counts, kind).value_or(0));
  state.created_at = parse_rfc3339(text_member(json, "created_at"));
  state.results = {state.id};
  return state;
}

AnswerOrFailure parse_result(const Endpoint& endpoint, const Json& result) {
  const std::string type = text_member(result, "type");
  if (type == "succeeded") return parse_batch_answer(endpoint, 200, member(result, "message"));
  if (type != "errored") return unanswered_failure(type);
  const Json& error = member(result, "error");
  const Json& inner = member(error, "error");
  return unanswered_failure(text_member(inner.is_object() ? inner : error, "message"));
}

}  // namespace

AnthropicBatches::AnthropicBatches(BatchConnection connection)
    : connection_(std::move(connection)),
      path_(identity().base_url.ends_with("/v1") ? "/messages/batches" : "/v1/messages/batches") {}

Submission AnthropicBatches::submit(const std::string&, const std::vector<BatchRequest>& requests,
                                    const std::string&) {
  Json list = Json::array();
  for (const BatchRequest& each : requests) {
    list.push_back({{"custom_id", each.name},
                    {"params", parse_leniently(connection_.endpoint().make_http_request(each.request).body)}});
  }
  const HttpResponse reply =
      connection_.post(path_, to_compact_json(Json{{"requests", std::move(list)}}), "application/json");
  const auto json = parse_json_response(reply, identity().base_url + path_);
  if (json.ok()) {
    const BatchState state = parse_batch_state(*json);
    if (!state.id.empty()) return {Submission::State::submitted, state.id, {}};
    return {Submission::State::unknown, "", {ErrorCode::network, "the batch has no id", "", ""}};
  }
  return {had_no_effect(reply) ? Submission::State::refused : Submission::State::unknown, "", json.error()};
}

Result<BatchState> AnthropicBatches::get_batch(const std::string& id) {
  const std::string path = path_ + "/" + sanitize_id(id);
  STUBKEEPER_ASSIGN(const Json json, parse_json_response(connection_.get(path), identity().base_url + path));
  return parse_batch_state(json);
}

Result<std::vector<BatchState>> AnthropicBatches::list() {
  STUBKEEPER_ASSIGN(const Json json,
                    parse_json_response(connection_.get(path_ + "?limit=100"), identity().base_url + path_));
  std::vector<BatchState> states;
  for (const Json& item : member(json, "data")) states.push_back(parse_batch_state(item));
  return states;
}

Result<std::vector<BatchAnswer>> AnthropicBatches::answers(const BatchState& batch) {
  // Not by the address that the answer names: a key goes to no address that an answer chooses.
  const std::string path = path_ + "/" + sanitize_id(batch.id) + "/results";
  STUBKEEPER_ASSIGN(const std::string lines, response_body(connection_.get(path), identity().base_url + path));
  std::vector<BatchAnswer> answers;
  for (const Json& line : parse_json_lines(lines))
    answers.push_back(
        {text_member(line, "custom_id"), parse_result(connection_.endpoint(), member(line, "result"))});
  return answers;
}

}  // namespace stubkeeper::llm
