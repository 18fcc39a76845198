#pragma once

#include <string_view>

namespace stubkeeper::llm {

// How much a text reads like an instruction to a machine.
enum class Instruction {
  none,
  possible,  // it has words that such instructions have; texts about language models have them too
  plain,     // it tells a machine to forget what it was told, or what its answer is to be like
};

// By phrases of recorded attacks, looked up in the text as quotes are compared (llm/normalized_text.h), so
// that characters without width between the letters hide nothing.
Instruction detect_instruction(std::string_view text);

// Any of the two.
bool looks_like_instruction(std::string_view text);

}  // namespace stubkeeper::llm
