#include <algorithm>

#include "llm/providers/endpoint.h"
#include "llm/providers/lenient_json.h"

namespace stubkeeper::llm {
namespace {

// Anthropic counts what was read from the cache and written to it beside the input, not in it.
std::optional<TokenUsage> parse_usage(const Json& usage) {
  const auto input = count_member(usage, "input_tokens");
  const auto output = count_member(usage, "output_tokens");
  if (!input && !output) return std::nullopt;
  TokenUsage usage_counts;
  usage_counts.input = input.value_or(0);
  usage_counts.cached_input = count_member(usage, "cache_read_input_tokens").value_or(0);
  usage_counts.cache_write = count_member(usage, "cache_creation_input_tokens").value_or(0);
  usage_counts.output = output.value_or(0);
  usage_counts.reasoning =
      std::min(count_member(member(usage, "output_tokens_details"), "thinking_tokens").value_or(0),
               usage_counts.output);
  return usage_counts;
}

// Anthropic's messages (POST {base}/v1/messages, version 2023-06-01): structured output by
// output_config.format, and a cache mark after the instructions, so that calls within five minutes
// read them at a tenth of the price.
class Messages final : public Endpoint {
 public:
  explicit Messages(EndpointSettings settings) : Endpoint(std::move(settings), "messages") {}

  HttpRequest make_http_request(const ModelRequest& request) const override {
    Json body{{"model", model()},
              {"max_tokens", request.max_output_tokens},
              {"system", Json::array({Json{{"type", "text"},
                                           {"text", request.instructions},
                                           {"cache_control", {{"type", "ephemeral"}}}}})},
              {"messages", Json::array({Json{{"role", "user"}, {"content", request.input}}})},
              {"output_config",
               {{"format", {{"type", "json_schema"}, {"schema", parse_leniently(request.answer_schema)}}}}},
              {"stream", false}};
    if (request.temperature) body["temperature"] = *request.temperature;
    // A base address is written with and without the version.
    HttpRequest http = json_request(identity().base_url.ends_with("/v1") ? "/messages" : "/v1/messages", body,
                                    {"x-api-key", ""});
    http.headers.emplace_back("anthropic-version", "2023-06-01");
    return http;
  }

  AnswerOrFailure parse_answer(const ModelRequest&, const Json& json) const override {
    const Json& content = member(json, "content");
    if (!content.is_array() && !content.is_string()) return unreadable_failure("it has no content");
    const std::optional<std::string> text = content_text(content);

    ModelAnswer answer;
    answer.provider_finish_reason = text_member(json, "stop_reason");
    answer.finish = parse_finish_reason(answer.provider_finish_reason);
    if (answer.finish == FinishReason::refused)
      answer.refusal = text_member(member(json, "stop_details"), "explanation");
    if (!text && answer.finish == FinishReason::complete)
      return unreadable_failure("its content has no text");
    answer.text = text.value_or("");
    answer.usage = parse_usage(member(json, "usage"));
    return answer;
  }
};

}  // namespace

std::unique_ptr<Endpoint> make_messages(EndpointSettings settings) {
  return std::make_unique<Messages>(std::move(settings));
}

}  // namespace stubkeeper::llm
