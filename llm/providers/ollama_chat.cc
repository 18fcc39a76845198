#include <fmt/format.h>

#include <string_view>

#include "base/text/ascii.h"
#include "base/text/utf8.h"
#include "llm/prices/price_table.h"
#include "llm/providers/endpoint.h"
#include "llm/providers/lenient_json.h"

namespace stubkeeper::llm {
namespace {

constexpr std::int64_t max_characters_per_token = 8;

// Characters, where a run of one ASCII character counts once: a long rule or indentation is few
// tokens.
std::int64_t count_characters_collapsing_runs(std::string_view text) {
  std::int64_t count = 0;
  char before = '\0';
  for (const char c : text) {
    const bool continues_character = is_utf8_continuation(c);
    if (!continues_character && c != before) ++count;
    before = is_ascii(c) ? c : '\0';
  }
  return count;
}

// Why the prompt cannot have been read whole, or "".
std::string truncation_reason(const ModelRequest& request, std::int64_t context,
                              std::optional<std::int64_t> read, std::int64_t written) {
  if (!read) {
    return max_input_tokens(request) <= context
               ? ""
               : fmt::format(
                     "it does not say how much of the prompt it read, which may be more than its context of "
                     "{} tokens",
                     context);
  }
  if (*read + written >= context)
    return fmt::format("{} tokens of prompt and {} of answer fill the context of {}", *read, written,
                       context);
  const std::int64_t characters = count_characters_collapsing_runs(request.instructions) +
                                  count_characters_collapsing_runs(request.input);
  if (*read * max_characters_per_token < characters)
    return fmt::format("it read {} tokens of a prompt of {} characters", *read, characters);
  return "";
}

// Ollama's own API (POST {base}/api/chat). Unlike its OpenAI-compatible one it takes the context
// with each request (num_ctx); without that, Ollama takes a small one and cuts the prompt to fit
// without a word.
//
// Whether the prompt was read whole is seen from prompt_eval_count; it was not (input_truncated)
// where
//   - prompt and answer together fill the context: the prompt was cut, or its beginning dropped;
//   - fewer tokens were read than the text can be: over eight characters a token, runs of one
//     character counted once. Text as people write it has under five. Ollama lowers a context that
//     is larger than the model's without saying so;
//   - nothing is counted, and the request's bytes, which bound its tokens, do not fit the context.
class OllamaChat final : public Endpoint {
 public:
  explicit OllamaChat(const EndpointSettings& settings)
      : Endpoint(settings, "ollama_chat"), context_tokens_(settings.context_tokens) {}

  HttpRequest make_http_request(const ModelRequest& request) const override {
    Json options{{"num_ctx", context_tokens_}, {"num_predict", request.max_output_tokens}};
    if (request.temperature) options["temperature"] = *request.temperature;
    const Json body{{"model", model()},
                    {"messages", Json::array({Json{{"role", "system"}, {"content", request.instructions}},
                                              Json{{"role", "user"}, {"content", request.input}}})},
                    {"format", parse_leniently(request.answer_schema)},
                    {"options", options},
                    {"stream", false}};
    return json_request("/api/chat", body);
  }

  AnswerOrFailure parse_answer(const ModelRequest& request, const Json& json) const override {
    const std::optional<std::string> text = content_text(member(member(json, "message"), "content"));
    if (!text) return unreadable_failure("its message has no content");
    if (const Json& done = member(json, "done"); done.is_boolean() && !done.get<bool>())
      return unreadable_failure("it is one part of a stream");

    ModelAnswer answer;
    answer.text = *text;
    answer.provider_finish_reason = text_member(json, "done_reason");
    answer.finish = parse_finish_reason(answer.provider_finish_reason);
    const auto read = count_member(json, "prompt_eval_count");
    const auto written = count_member(json, "eval_count");
    if (read || written) {
      answer.usage = TokenUsage{};
      answer.usage->input = read.value_or(0);
      answer.usage->output = written.value_or(0);
    }
    const std::string cut = truncation_reason(request, context_tokens_, read, written.value_or(0));
    if (cut.empty()) return answer;
    ModelFailure failure;
    failure.kind = FailureKind::input_truncated;
    failure.charge = charge_of(answer);
    failure.usage = answer.usage;
    failure.error = {ErrorCode::limit, "the model did not read the whole prompt: " + cut, "",
                     "set a larger model.context_tokens, or take a model with a larger context"};
    return failure;
  }

 private:
  std::int64_t context_tokens_;
};

}  // namespace

std::unique_ptr<Endpoint> make_ollama_chat(EndpointSettings settings) {
  return std::make_unique<OllamaChat>(settings);
}

}  // namespace stubkeeper::llm
