#include "llm/providers/ollama_chat.h"

#include <fmt/format.h>

#include <string_view>

#include "llm/prices/token_bound.h"
#include "llm/providers/error_answer.h"
#include "llm/providers/lenient_json.h"

namespace stubkeeper::llm {
namespace {

constexpr std::int64_t most_characters_a_token = 8;

// Characters, where a run of one ASCII character counts once: a long rule or indentation is few tokens.
std::int64_t characters_without_runs(std::string_view text) {
  std::int64_t count = 0;
  char before = '\0';
  for (const char c : text) {
    const bool continues_character = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    if (!continues_character && c != before) ++count;
    before = static_cast<unsigned char>(c) < 0x80U ? c : '\0';
  }
  return count;
}

// Why the prompt cannot have been read whole, or "".
std::string sign_of_cut(const ModelRequest& request, std::int64_t context, std::optional<std::int64_t> read,
                        std::int64_t written) {
  if (!read) {
    return most_input_tokens(request) <= context
               ? ""
               : fmt::format(
                     "it does not say how much of the prompt it read, which may be more than its context of "
                     "{} tokens",
                     context);
  }
  if (*read + written >= context)
    return fmt::format("{} tokens of prompt and {} of answer fill the context of {}", *read, written,
                       context);
  const std::int64_t characters =
      characters_without_runs(request.instructions) + characters_without_runs(request.input);
  if (*read * most_characters_a_token < characters)
    return fmt::format("it read {} tokens of a prompt of {} characters", *read, characters);
  return "";
}

}  // namespace

OllamaChat::OllamaChat(EndpointSettings settings)
    : Endpoint(settings, "ollama_chat"), context_tokens_(settings.context_tokens) {}

HttpRequest OllamaChat::http_request(const ModelRequest& request) const {
  Json options{{"num_ctx", context_tokens_}, {"num_predict", request.most_output_tokens}};
  if (request.temperature) options["temperature"] = *request.temperature;
  const Json body{{"model", model()},
                  {"messages", Json::array({Json{{"role", "system"}, {"content", request.instructions}},
                                            Json{{"role", "user"}, {"content", request.input}}})},
                  {"format", parse_leniently(request.answer_schema)},
                  {"options", options},
                  {"stream", false}};
  return {address("/api/chat"),
          {{"Content-Type", "application/json"}, {"Accept", "application/json"}},
          {"Authorization", "Bearer "},
          compact(body)};
}

AnswerOrFailure OllamaChat::read_answer(const ModelRequest& request, std::string_view body) const {
  const Json json = parse_leniently(body);
  const std::optional<std::string> text = content_text(member(member(json, "message"), "content"));
  if (!text) return unreadable("its message has no content");
  if (const Json& done = member(json, "done"); done.is_boolean() && !done.get<bool>())
    return unreadable("it is one part of a stream");

  ModelAnswer answer;
  answer.text = *text;
  answer.finish_word = text_member(json, "done_reason");
  answer.finish = finish_of(answer.finish_word);
  answer.model = text_member(json, "model");
  const auto read = count_member(json, "prompt_eval_count");
  const auto written = count_member(json, "eval_count");
  if (read || written) {
    answer.usage = TokenUsage{};
    answer.usage->input = read.value_or(0);
    answer.usage->output = written.value_or(0);
  }
  const std::string cut = sign_of_cut(request, context_tokens_, read, written.value_or(0));
  if (cut.empty()) return answer;
  ModelFailure failure;
  failure.kind = FailureKind::input_cut;
  failure.charge = charge_of(answer);
  failure.usage = answer.usage;
  failure.error = {ErrorCode::limit, "the model did not read the whole prompt: " + cut, "",
                   "set a larger model.context_tokens, or take a model with a larger context"};
  return failure;
}

}  // namespace stubkeeper::llm
