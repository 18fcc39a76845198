#include "llm/batches/batch_connection.h"

#include "base/sha256.h"

namespace stubkeeper::llm {
namespace {

const std::string label_key = "stubkeeper";

BatchState parse_batch_state(const Json& json) {
  BatchState state;
  state.id = sanitize_id(text_member(json, "id"));
  state.provider_status = text_member(json, "status");
  state.is_finished = state.provider_status == "completed" || state.provider_status == "failed" ||
                      state.provider_status == "expired" || state.provider_status == "cancelled";
  state.label = text_member(member(json, "metadata"), label_key);
  state.requests = static_cast<int>(count_member(member(json, "request_counts"), "total").value_or(0));
  if (const auto seconds = count_member(json, "created_at"))
    state.created_at = Timestamp{std::chrono::milliseconds{*seconds * 1000}};
  for (const char* file : {"output_file_id", "error_file_id"})
    if (const std::string id = sanitize_id(text_member(json, file)); !id.empty()) state.results.push_back(id);
  return state;
}

AnswerOrFailure parse_result(const Endpoint& endpoint, const Json& line) {
  const Json& response = member(line, "response");
  if (response.is_object())
    return parse_batch_answer(endpoint, static_cast<int>(count_member(response, "status_code").value_or(200)),
                              member(response, "body"));
  const Json& error = member(line, "error");
  if (!error.is_object()) return unanswered_failure("no response");
  return unanswered_failure(text_member(error, "code") + " " + text_member(error, "message"));
}

// OpenAI's batches of chat completions or responses: a file of requests (POST {base}/files), a
// batch of it (POST {base}/batches, with the label in its metadata), and two files of results. A
// request that was not answered within a day has the error batch_expired.
class OpenAiBatches final : public BatchService {
 public:
  explicit OpenAiBatches(BatchConnection connection) : connection_(std::move(connection)) {}
  const ModelIdentity& identity() const override { return connection_.endpoint().identity(); }

  Result<std::string> prepare(const std::vector<BatchRequest>& requests) override {
    std::string lines;
    for (const BatchRequest& each : requests) {
      const std::string body = connection_.endpoint().make_http_request(each.request).body;
      lines += to_compact_json(Json{{"custom_id", each.name},
                                    {"method", "POST"},
                                    {"url", calls_path()},
                                    {"body", parse_leniently(body)}}) +
               "\n";
    }
    // A hash of the lines does not occur in them.
    const std::string boundary = "stubkeeper-" + sha256_hex(lines);
    const std::string part = "--" + boundary + "\r\nContent-Disposition: form-data; name=";
    const std::string form =
        part + "\"purpose\"\r\n\r\nbatch\r\n" + part +
        "\"file\"; filename=\"requests.jsonl\"\r\nContent-Type: application/jsonl\r\n\r\n" + lines +
        "\r\n--" + boundary + "--\r\n";
    STUBKEEPER_ASSIGN(const Json file,
                      connection_.post("/files", form, "multipart/form-data; boundary=" + boundary));
    std::string id = sanitize_id(text_member(file, "id"));
    if (id.empty())
      return Error{ErrorCode::network, "the uploaded file has no id", identity().base_url + "/files", ""};
    return id;
  }

  Submission submit(const std::string& prepared, const std::vector<BatchRequest>&,
                    const std::string& label) override {
    return connection_.submit("/batches",
                              Json{{"input_file_id", prepared},
                                   {"endpoint", calls_path()},
                                   {"completion_window", "24h"},
                                   {"metadata", {{label_key, label}}}},
                              parse_batch_state);
  }

  Result<BatchState> get_batch(const std::string& id) override {
    return connection_.get_batch("/batches/" + sanitize_id(id), parse_batch_state);
  }

  Result<std::vector<BatchState>> list() override {
    return connection_.list_batches("/batches", parse_batch_state);
  }

  Result<std::vector<BatchAnswer>> answers(const BatchState& batch) override {
    std::vector<BatchAnswer> answers;
    for (const std::string& file : batch.results) {
      STUBKEEPER_ASSIGN(const auto lines, connection_.get_lines("/files/" + file + "/content"));
      for (const Json& line : lines)
        answers.push_back({text_member(line, "custom_id"), parse_result(connection_.endpoint(), line)});
    }
    return answers;
  }

 private:
  std::string calls_path() const {
    return identity().protocol == "responses" ? "/v1/responses" : "/v1/chat/completions";
  }

  BatchConnection connection_;
};

}  // namespace

std::unique_ptr<BatchService> make_openai_batches(BatchConnection connection) {
  return std::make_unique<OpenAiBatches>(std::move(connection));
}

}  // namespace stubkeeper::llm
