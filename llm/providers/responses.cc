#include "llm/providers/endpoint.h"
#include "llm/providers/error_response.h"
#include "llm/providers/lenient_json.h"
#include "llm/providers/openai_usage.h"

namespace stubkeeper::llm {
namespace {

// The text and the refusals in the items of an answer. Commentary, which a model writes on the way
// to its answer, is not the answer.
struct OutputText {
  std::optional<std::string> text;
  std::string refusal;
  bool calls_tool = false;
};

OutputText output_text(const Json& output) {
  OutputText found;
  if (!output.is_array()) return found;
  for (const Json& item : output) {
    const std::string type = text_member(item, "type");
    if (type == "function_call" || type == "custom_tool_call") found.calls_tool = true;
    if (type != "message" || text_member(item, "phase") == "commentary") continue;
    const Json& content = member(item, "content");
    if (const auto text = content_text(content)) found.text = found.text.value_or("") + *text;
    if (!content.is_array()) continue;
    for (const Json& part : content)
      if (text_member(part, "type") == "refusal") found.refusal += text_member(part, "refusal");
  }
  return found;
}

// OpenAI's responses (POST {base}/responses). Nothing is stored at the provider (store: false), and
// a prompt that is too long is refused, not cut (truncation: disabled).
class Responses final : public Endpoint {
 public:
  explicit Responses(EndpointSettings settings) : Endpoint(std::move(settings), "responses") {}

  HttpRequest make_http_request(const ModelRequest& request) const override {
    Json body{{"model", model()},
              {"instructions", request.instructions},
              {"input", request.input},
              {"text",
               {{"format",
                 {{"type", "json_schema"},
                  {"name", request.schema_name},
                  {"strict", true},
                  {"schema", parse_leniently(request.answer_schema)}}}}},
              {"max_output_tokens", request.max_output_tokens},
              {"truncation", "disabled"},
              {"store", false},
              {"stream", false}};
    if (request.temperature) body["temperature"] = *request.temperature;
    return json_request("/responses", body);
  }

  AnswerOrFailure parse_answer(const ModelRequest&, const Json& json) const override {
    const std::string status = text_member(json, "status");
    // Still being worked at: it will cost what it costs, and nobody comes back for it.
    if (status == "queued" || status == "in_progress" || status == "cancelled")
      return unreadable_failure("it is not finished but \"" + status + "\"");
    const Json& output = member(json, "output");
    if (!output.is_array()) return unreadable_failure("it has no output");
    const OutputText found = output_text(output);

    ModelAnswer answer;
    answer.provider_finish_reason = text_member(member(json, "incomplete_details"), "reason");
    if (answer.provider_finish_reason.empty()) answer.provider_finish_reason = status;
    answer.finish = parse_finish_reason(answer.provider_finish_reason);
    // Whatever the reason's word, an incomplete answer is not a whole one.
    if (status == "incomplete" && answer.finish != FinishReason::refused)
      answer.finish = FinishReason::truncated;
    answer.refusal = found.refusal;
    if (!answer.refusal.empty()) answer.finish = FinishReason::refused;
    if (found.calls_tool && answer.finish == FinishReason::complete) answer.finish = FinishReason::other;
    if (!found.text && answer.finish == FinishReason::complete)
      return unreadable_failure("its output has no text");
    answer.text = found.text.value_or("");
    answer.usage = parse_openai_usage(member(json, "usage"));
    answer.model = text_member(json, "model");
    return answer;
  }
};

}  // namespace

std::unique_ptr<Endpoint> make_responses(EndpointSettings settings) {
  return std::make_unique<Responses>(std::move(settings));
}

}  // namespace stubkeeper::llm
