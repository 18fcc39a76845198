#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "schema/embedded_files.h"

namespace stubkeeper::llm {

// A prompt file without its header.
struct Prompt {
  std::string version;  // goes into history with what was drafted by it
  std::string text;
};

// Reads a prompt file: an HTML comment with a line "version: N" and the reasons for the prompt,
// then the text that a model gets.
Result<Prompt> parse_prompt(std::string_view file);

// llm/prompts/draft.md.
const Prompt& drafting_prompt();

// llm/prompts/draft.schema.json without white space.
const std::string& drafting_answer_schema();

// The files of llm/prompts/ at build time, sorted by name ("draft.md"). They live as long as the program.
std::span<const schema::EmbeddedFile> prompt_files();

}  // namespace stubkeeper::llm
