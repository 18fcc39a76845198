#include "llm/batches/openai_batches.h"

#include "base/sha256.h"
#include "llm/http/http_message.h"

namespace stubkeeper::llm {
namespace {

const std::string label_key = "stubkeeper";

BatchState parse_batch_state(const Json& json) {
  BatchState state;
  state.id = sanitize_id(text_member(json, "id"));
  state.provider_status = text_member(json, "status");
  state.is_finished = state.provider_status == "completed" || state.provider_status == "failed" || state.provider_status == "expired" ||
                  state.provider_status == "cancelled";
  state.label = text_member(member(json, "metadata"), label_key);
  state.requests = static_cast<int>(count_member(member(json, "request_counts"), "total").value_or(0));
  if (const auto seconds = count_member(json, "created_at"))
    state.created_at = Timestamp{std::chrono::milliseconds{*seconds * 1000}};
  for (const char* file : {"output_file_id", "error_file_id"})
    if (const std::string id = sanitize_id(text_member(json, file)); !id.empty()) state.results.push_back(id);
  return state;
}

}  // namespace

std::string OpenAiBatches::calls_path() const {
  return identity().protocol == "responses" ? "/v1/responses" : "/v1/chat/completions";
}

Result<std::string> OpenAiBatches::prepare(const std::vector<BatchRequest>& requests) {
  std::string lines;
  for (const BatchRequest& each : requests) {
    lines +=
        to_compact_json(Json{{"custom_id", each.name},
                     {"method", "POST"},
                     {"url", calls_path()},
                     {"body", parse_leniently(connection_.endpoint().make_http_request(each.request).body)}}) +
        "\n";
  }
  // A hash of the lines does not occur in them.
  const std::string boundary = "stubkeeper-" + sha256_hex(lines);
  const std::string part = "--" + boundary + "\r\nContent-Disposition: form-data; name=";
  const std::string form =
      part + "\"purpose\"\r\n\r\nbatch\r\n" + part +
      "\"file\"; filename=\"requests.jsonl\"\r\nContent-Type: application/jsonl\r\n\r\n" + lines + "\r\n--" +
      boundary + "--\r\n";
  STUBKEEPER_ASSIGN(const Json file,
                    parse_json_response(connection_.post("/files", form, "multipart/form-data; boundary=" + boundary),
                            identity().base_url + "/files"));
  std::string id = sanitize_id(text_member(file, "id"));
  if (id.empty())
    return Error{ErrorCode::network, "the uploaded file has no id", identity().base_url + "/files", ""};
  return id;
}

Submission OpenAiBatches::submit(const std::string& prepared, const std::vector<BatchRequest>&,
                                 const std::string& label) {
  const HttpResponse reply = connection_.post("/batches",
                                           to_compact_json(Json{{"input_file_id", prepared},
                                                        {"endpoint", calls_path()},
                                                        {"completion_window", "24h"},
                                                        {"metadata", {{label_key, label}}}}),
                                           "application/json");
  const auto json = parse_json_response(reply, identity().base_url + "/batches");
  if (json.ok()) {
    const BatchState state = parse_batch_state(*json);
    if (!state.id.empty()) return {Submission::State::submitted, state.id, {}};
    return {Submission::State::unknown, "", {ErrorCode::network, "the batch has no id", "", ""}};
  }
  return {had_no_effect(reply) ? Submission::State::refused : Submission::State::unknown, "", json.error()};
}

Result<BatchState> OpenAiBatches::get_batch(const std::string& id) {
  const std::string path = "/batches/" + sanitize_id(id);
  STUBKEEPER_ASSIGN(const Json json, parse_json_response(connection_.get(path), identity().base_url + path));
  return parse_batch_state(json);
}

Result<std::vector<BatchState>> OpenAiBatches::list() {
  STUBKEEPER_ASSIGN(const Json json,
                    parse_json_response(connection_.get("/batches?limit=100"), identity().base_url + "/batches"));
  std::vector<BatchState> states;
  for (const Json& item : member(json, "data")) states.push_back(parse_batch_state(item));
  return states;
}

Result<std::vector<BatchAnswer>> OpenAiBatches::answers(const BatchState& batch) {
  std::vector<BatchAnswer> answers;
  for (const std::string& file : batch.results) {
    const std::string path = "/files/" + file + "/content";
    STUBKEEPER_ASSIGN(const std::string lines, response_body(connection_.get(path), identity().base_url + path));
    for (const Json& line : parse_json_lines(lines)) {
      BatchAnswer answer{text_member(line, "custom_id"), unanswered_failure("no response")};
      const Json& response = member(line, "response");
      const Json& error = member(line, "error");
      if (response.is_object()) {
        answer.result = parse_batch_answer(connection_.endpoint(),
                                  static_cast<int>(count_member(response, "status_code").value_or(200)),
                                  member(response, "body"));
      } else if (error.is_object()) {
        answer.result = unanswered_failure(text_member(error, "code") + " " + text_member(error, "message"));
      }
      answers.push_back(std::move(answer));
    }
  }
  return answers;
}

}  // namespace stubkeeper::llm
