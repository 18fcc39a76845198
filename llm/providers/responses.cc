#include "llm/providers/responses.h"

#include "llm/providers/error_answer.h"
#include "llm/providers/lenient_json.h"
#include "llm/providers/openai_usage.h"

namespace stubkeeper::llm {
namespace {

// What the items of an answer hold of text and refusals. Commentary, which a model writes on the way to its
// answer, is not the answer.
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

}  // namespace

Responses::Responses(EndpointSettings settings) : Endpoint(std::move(settings), "responses") {}

HttpRequest Responses::http_request(const ModelRequest& request) const {
  Json body{{"model", model()},
            {"instructions", request.instructions},
            {"input", request.input},
            {"text",
             {{"format",
               {{"type", "json_schema"},
                {"name", request.schema_name},
                {"strict", true},
                {"schema", parse_leniently(request.answer_schema)}}}}},
            {"max_output_tokens", request.most_output_tokens},
            {"truncation", "disabled"},
            {"store", false},
            {"stream", false}};
  if (request.temperature) body["temperature"] = *request.temperature;
  return {address("/responses"),
          {{"Content-Type", "application/json"}, {"Accept", "application/json"}},
          {"Authorization", "Bearer "},
          compact(body)};
}

AnswerOrFailure Responses::read_answer(const ModelRequest&, std::string_view body) const {
  const Json json = parse_leniently(body);
  const std::string status = text_member(json, "status");
  // Still being worked at: it will cost what it costs, and nobody comes back for it.
  if (status == "queued" || status == "in_progress" || status == "cancelled")
    return unreadable("it is not finished but \"" + status + "\"");
  const Json& output = member(json, "output");
  if (!output.is_array()) return unreadable("it has no output");
  const OutputText found = output_text(output);

  ModelAnswer answer;
  answer.finish_word = text_member(member(json, "incomplete_details"), "reason");
  if (answer.finish_word.empty()) answer.finish_word = status;
  answer.finish = finish_of(answer.finish_word);
  // Whatever the reason's word, an incomplete answer is not a whole one.
  if (status == "incomplete" && answer.finish != Finish::refused) answer.finish = Finish::cut_off;
  answer.refusal = found.refusal;
  if (!answer.refusal.empty()) answer.finish = Finish::refused;
  if (found.calls_tool && answer.finish == Finish::complete) answer.finish = Finish::other;
  if (!found.text && answer.finish == Finish::complete) return unreadable("its output has no text");
  answer.text = found.text.value_or("");
  answer.usage = read_openai_usage(member(json, "usage"));
  answer.model = text_member(json, "model");
  return answer;
}

}  // namespace stubkeeper::llm
