#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace stubkeeper::llm {

// A prompt file without its header.
struct Prompt {
  std::string version;  // goes into history with what was drafted by it
  std::string text;
};

// Reads a prompt file: an HTML comment first, which holds a line "version: N" and says why the prompt is as
// it is, then the text that a model gets.
Result<Prompt> parse_prompt(std::string_view file);

// llm/prompts/draft.md.
const Prompt& drafting_prompt();

// llm/prompts/draft.schema.json without white space.
const std::string& drafting_answer_schema();

}  // namespace stubkeeper::llm
