#include <algorithm>
#include <initializer_list>
#include <optional>

#include "base/text/url.h"
#include "llm/model.h"
#include "llm/providers/endpoint.h"
#include "llm/providers/lenient_json.h"

namespace stubkeeper::llm {
namespace {

std::optional<std::int64_t> first_count_member(const Json& object,
                                               std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const auto count = count_member(object, name)) return count;
  return std::nullopt;
}

// The usage of an answer in OpenAI's counting, where cached and cache-writing tokens are parts of
// the prompt: of chat completions (prompt_tokens, completion_tokens) or of responses (input_tokens,
// output_tokens). The rest of `total_tokens` is hidden reasoning that some endpoints leave out, and
// counts as output. Nothing where neither the prompt nor the completion is counted.
std::optional<TokenUsage> parse_openai_usage(const Json& usage) {
  const auto prompt = first_count_member(usage, {"prompt_tokens", "input_tokens"});
  const auto completion = first_count_member(usage, {"completion_tokens", "output_tokens"});
  if (!prompt && !completion) return std::nullopt;
  const Json& chat_details = member(usage, "prompt_tokens_details");
  const Json& input_details = chat_details.is_object() ? chat_details : member(usage, "input_tokens_details");
  const Json& completion_details = member(usage, "completion_tokens_details");
  const Json& output_details =
      completion_details.is_object() ? completion_details : member(usage, "output_tokens_details");

  TokenUsage usage_counts;
  const std::int64_t input = prompt.value_or(0);
  // DeepSeek counts what its cache gave beside the prompt's details.
  const auto cached = first_count_member(input_details, {"cached_tokens"});
  usage_counts.cached_input =
      std::min(cached ? *cached : count_member(usage, "prompt_cache_hit_tokens").value_or(0), input);
  usage_counts.cache_write = std::min(count_member(input_details, "cache_write_tokens").value_or(0),
                                      input - usage_counts.cached_input);
  usage_counts.input = input - usage_counts.cached_input - usage_counts.cache_write;
  usage_counts.output = completion.value_or(0);
  usage_counts.reasoning =
      std::min(count_member(output_details, "reasoning_tokens").value_or(0), usage_counts.output);
  const std::int64_t total = count_member(usage, "total_tokens").value_or(0);
  if (const std::int64_t hidden = total - input - usage_counts.output; hidden > 0) {
    usage_counts.output += hidden;
    usage_counts.reasoning += hidden;
  }
  return usage_counts;
}

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
    return answer;
  }
};

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
    return answer;
  }
};

}  // namespace

std::unique_ptr<Endpoint> make_responses(EndpointSettings settings) {
  return std::make_unique<Responses>(std::move(settings));
}

std::unique_ptr<Endpoint> make_chat_completions(EndpointSettings settings) {
  return std::make_unique<ChatCompletions>(std::move(settings));
}

}  // namespace stubkeeper::llm
