#include "llm/batches/batch_connection.h"

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

// Anthropic's batches of messages (POST {base}/v1/messages/batches, version 2023-06-01): the
// requests go in one piece, and the results come as lines once it has ended. There is no label: a
// batch is known by the names of its requests, which only its results have.
class AnthropicBatches final : public BatchService {
 public:
  explicit AnthropicBatches(BatchConnection connection)
      : connection_(std::move(connection)),
        path_(identity().base_url.ends_with("/v1") ? "/messages/batches" : "/v1/messages/batches") {}
  const ModelIdentity& identity() const override { return connection_.endpoint().identity(); }

  Result<std::string> prepare(const std::vector<BatchRequest>&) override { return std::string{}; }

  Submission submit(const std::string&, const std::vector<BatchRequest>& requests,
                    const std::string&) override {
    Json list = Json::array();
    for (const BatchRequest& each : requests) {
      list.push_back(
          {{"custom_id", each.name},
           {"params", parse_leniently(connection_.endpoint().make_http_request(each.request).body)}});
    }
    return connection_.submit(path_, Json{{"requests", std::move(list)}}, parse_batch_state);
  }

  Result<BatchState> get_batch(const std::string& id) override {
    return connection_.get_batch(path_ + "/" + sanitize_id(id), parse_batch_state);
  }

  Result<std::vector<BatchState>> list() override {
    return connection_.list_batches(path_, parse_batch_state);
  }

  Result<std::vector<BatchAnswer>> answers(const BatchState& batch) override {
    // Not by the address that the response names: a key goes to no address that a response chooses.
    STUBKEEPER_ASSIGN(const auto lines,
                      connection_.get_lines(path_ + "/" + sanitize_id(batch.id) + "/results"));
    std::vector<BatchAnswer> answers;
    for (const Json& line : lines)
      answers.push_back(
          {text_member(line, "custom_id"), parse_result(connection_.endpoint(), member(line, "result"))});
    return answers;
  }

 private:
  BatchConnection connection_;
  std::string path_;  // of all batches
};

}  // namespace

std::unique_ptr<BatchService> make_anthropic_batches(BatchConnection connection) {
  return std::make_unique<AnthropicBatches>(std::move(connection));
}

}  // namespace stubkeeper::llm
