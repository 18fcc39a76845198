#include "llm/verification/instructions.h"

#include <algorithm>
#include <array>
#include <string>

#include "schema/base/ascii.h"

namespace stubkeeper::llm {

bool reads_like_an_instruction(std::string_view text) {
  static constexpr std::array phrases = std::to_array<std::string_view>({"ignore previous",
                                                                         "ignore all previous",
                                                                         "ignore the above",
                                                                         "ignore all prior",
                                                                         "disregard previous",
                                                                         "disregard the above",
                                                                         "disregard all",
                                                                         "forget previous",
                                                                         "forget all previous",
                                                                         "you are an ai",
                                                                         "you are a language model",
                                                                         "as an ai language model",
                                                                         "as a language model",
                                                                         "system prompt",
                                                                         "your instructions",
                                                                         "new instructions",
                                                                         "previous instructions",
                                                                         "prior instructions",
                                                                         "instructions above",
                                                                         "do not follow",
                                                                         "respond only with",
                                                                         "reply only with",
                                                                         "output only",
                                                                         "ai assistant",
                                                                         "note to ai",
                                                                         "attention ai",
                                                                         "to all language models",
                                                                         "if you are an ai",
                                                                         "if you are a language model",
                                                                         "large language models reading"});
  const std::string folded = ascii_lower(text);
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](std::string_view phrase) { return folded.find(phrase) != std::string::npos; });
}

}  // namespace stubkeeper::llm
