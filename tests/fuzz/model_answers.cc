#include "llm/answer_schema.h"
#include "llm/providers/provider.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper;

// The first byte chooses the endpoint's kind and whether the answer is a success.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  static const std::string schema =
      R"({"type":"object","properties":{"a":{"type":"array","items":{"type":"string"}}},"required":["a"],)"
      R"("additionalProperties":false})";
  const std::string_view text = as_text(bytes, size);
  const auto choice = static_cast<unsigned char>(text.front());
  llm::ModelRequest request;
  request.instructions = "instructions";
  request.input = "input";
  request.answer_schema = schema;
  llm::HttpResponse reply;
  reply.was_sent = true;
  reply.status = choice % 8 < 4 ? 200 : 429;
  reply.body = text.substr(1);
  const auto endpoint = llm::make_endpoint(llm::providers()[choice % llm::providers().size()], {"http://model.example", "m"});
  const llm::AnswerOrFailure result = (*endpoint)->parse_response(request, reply);
  // What is no success is no answer, and what may have been charged is not free.
  if (const auto* failure = std::get_if<llm::ModelFailure>(&result)) {
    check_invariant(!failure->error.message.empty());
    check_invariant((failure->charge == llm::Charge::none) == (reply.status != 200));
  } else {
    check_invariant(reply.status == 200);
    const auto& answer = std::get<llm::ModelAnswer>(result);
    if (answer.usage) {
      check_invariant(answer.usage->input >= 0 && answer.usage->cached_input >= 0 && answer.usage->cache_write >= 0);
      check_invariant(answer.usage->reasoning >= 0 && answer.usage->reasoning <= answer.usage->output);
    }
    const llm::CheckedAnswer checked = llm::check_answer(schema, answer.text);
    check_invariant(checked.valid() != checked.json.empty());
    if (checked.valid()) check_invariant(llm::check_answer(schema, checked.json).json == checked.json);
  }
  static_cast<void>(llm::check_answer_schema(text.substr(1)));
  return 0;
}
