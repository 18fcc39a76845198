#include <algorithm>

#include "base/text/url.h"
#include "llm/providers/endpoint.h"
#include "llm/providers/error_response.h"
#include "llm/providers/lenient_json.h"
#include "llm/providers/openai_usage.h"

namespace stubkeeper::llm {
namespace {

bool is_openai(const std::string& host) {
  return host == "api.openai.com" || host.ends_with(".openai.com") || host.ends_with(".openai.azure.com");
}

// The model's word in place of an answer, where the endpoint keeps it apart.
std::string find_refusal(const Json& message) {
  const std::string refusal = text_member(message, "refusal");
  if (!refusal.empty()) return refusal;
  const Json& content = member(message, "content");
  if (!content.is_array()) return "";
  for (const Json& part : content)
    if (text_member(part, "type") == "refusal") return text_member(part, "refusal");
  return "";
}

// OpenAI's chat completions (POST {base}/chat/completions), as most servers offer it. Hosts that
// are known to differ get their own spelling: OpenAI's and Azure's take max_completion_tokens,
// which older servers do not know, and refuse max_tokens for reasoning models; OpenRouter may use
// only providers that honour the schema.
class ChatCompletions final : public Endpoint {
 public:
  explicit ChatCompletions(EndpointSettings settings) : Endpoint(std::move(settings), "chat_completions") {}

  HttpRequest make_http_request(const ModelRequest& request) const override {
    const std::string host = url_host(identity().base_url);
    Json body{{"model", model()},
              {"messages", Json::array({Json{{"role", "system"}, {"content", request.instructions}},
                                        Json{{"role", "user"}, {"content", request.input}}})},
              {"response_format",
               {{"type", "json_schema"},
                {"json_schema",
                 {{"name", request.schema_name},
                  {"strict", true},
                  {"schema", parse_leniently(request.answer_schema)}}}}},
              {is_openai(host) ? "max_completion_tokens" : "max_tokens", request.max_output_tokens},
              {"stream", false}};
    if (request.temperature) body["temperature"] = *request.temperature;
    if (host == "openrouter.ai") body["provider"] = {{"require_parameters", true}};
    if (host.ends_with(".openai.azure.com")) return json_request("/chat/completions", body, {"api-key", ""});
    return json_request("/chat/completions", body);
  }

  AnswerOrFailure parse_answer(const ModelRequest&, const Json& json) const override {
    const Json& choices = member(json, "choices");
    if (!choices.is_array() || choices.empty()) return unreadable_failure("it has no choices");
    const Json& choice = choices.front();
    if (!member(choice, "error").is_null()) {
      HttpResponse reply;
      reply.status = 200;
      return parse_error_response(reply, choice, "");
    }
    const Json& message = member(choice, "message");
    const std::optional<std::string> text = content_text(member(message, "content"));

    ModelAnswer answer;
    answer.provider_finish_reason = text_member(choice, "finish_reason");
    answer.finish = parse_finish_reason(answer.provider_finish_reason);
    answer.refusal = find_refusal(message);
    if (!answer.refusal.empty()) answer.finish = FinishReason::refused;
    const Json& tool_calls = member(message, "tool_calls");
    if (tool_calls.is_array() && !tool_calls.empty() && answer.finish == FinishReason::complete)
      answer.finish = FinishReason::other;
    // Null content belongs to refusals, tool calls, and answers cut off while the model still
    // reasoned.
    if (!text && answer.finish == FinishReason::complete)
      return unreadable_failure("its message has no content");
    answer.text = text.value_or("");
    answer.usage = parse_openai_usage(member(json, "usage"));
    answer.model = text_member(json, "model");
    return answer;
  }
};

}  // namespace

std::unique_ptr<Endpoint> make_chat_completions(EndpointSettings settings) {
  return std::make_unique<ChatCompletions>(std::move(settings));
}

}  // namespace stubkeeper::llm
