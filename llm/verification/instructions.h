#pragma once

#include <string_view>

namespace stubkeeper::llm {

// Whether a text reads like an instruction to a language model: one of the phrases that such instructions
// are made with, in any case.
bool reads_like_an_instruction(std::string_view text);

}  // namespace stubkeeper::llm
