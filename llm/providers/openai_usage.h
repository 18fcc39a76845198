#pragma once

#include <optional>

#include "llm/model.h"
#include "llm/providers/lenient_json.h"

namespace stubkeeper::llm {

// The usage of an answer in OpenAI's counting, where cached and cache-writing tokens are parts of
// the prompt: of chat completions (prompt_tokens, completion_tokens) or of responses (input_tokens,
// output_tokens). The rest of `total_tokens` is hidden reasoning that some endpoints leave out, and
// counts as output. Nothing where neither the prompt nor the completion is counted.
std::optional<TokenUsage> parse_openai_usage(const Json& usage);

}  // namespace stubkeeper::llm
