#include "llm/providers/openai_usage.h"

#include <algorithm>
#include <initializer_list>

namespace stubkeeper::llm {
namespace {

std::optional<std::int64_t> first_count(const Json& object, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const auto count = count_member(object, name)) return count;
  return std::nullopt;
}

}  // namespace

std::optional<TokenUsage> read_openai_usage(const Json& usage) {
  const auto prompt = first_count(usage, {"prompt_tokens", "input_tokens"});
  const auto completion = first_count(usage, {"completion_tokens", "output_tokens"});
  if (!prompt && !completion) return std::nullopt;
  const Json& chat_details = member(usage, "prompt_tokens_details");
  const Json& input_details = chat_details.is_object() ? chat_details : member(usage, "input_tokens_details");
  const Json& completion_details = member(usage, "completion_tokens_details");
  const Json& output_details =
      completion_details.is_object() ? completion_details : member(usage, "output_tokens_details");

  TokenUsage read;
  const std::int64_t input = prompt.value_or(0);
  // DeepSeek counts what its cache gave beside the prompt's details.
  const auto cached = first_count(input_details, {"cached_tokens"});
  read.cached_input =
      std::min(cached ? *cached : count_member(usage, "prompt_cache_hit_tokens").value_or(0), input);
  read.cache_write =
      std::min(count_member(input_details, "cache_write_tokens").value_or(0), input - read.cached_input);
  read.input = input - read.cached_input - read.cache_write;
  read.output = completion.value_or(0);
  read.reasoning = std::min(count_member(output_details, "reasoning_tokens").value_or(0), read.output);
  const std::int64_t total = count_member(usage, "total_tokens").value_or(0);
  if (const std::int64_t hidden = total - input - read.output; hidden > 0) {
    read.output += hidden;
    read.reasoning += hidden;
  }
  return read;
}

}  // namespace stubkeeper::llm
