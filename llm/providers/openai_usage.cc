#include "llm/providers/openai_usage.h"

#include <algorithm>
#include <initializer_list>

namespace stubkeeper::llm {
namespace {

std::optional<std::int64_t> first_count_member(const Json& object,
                                               std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const auto count = count_member(object, name)) return count;
  return std::nullopt;
}

}  // namespace

std::optional<TokenUsage> parse_openai_usage(const Json& usage) {
  const auto prompt = first_count_member(usage, {"prompt_tokens", "input_tokens"});
  const auto completion = first_count_member(usage, {"completion_tokens", "output_tokens"});
  if (!prompt && !completion) return std::nullopt;
  const Json& chat_details = member(usage, "prompt_tokens_details");
  const Json& input_details = chat_details.is_object() ? chat_details : member(usage, "input_tokens_details");
  const Json& completion_details = member(usage, "completion_tokens_details");
  const Json& output_details =
      completion_details.is_object() ? completion_details : member(usage, "output_tokens_details");

  TokenUsage usage_counts;
  const std::int64_t input = prompt.value_or(0);
  // DeepSeek counts what its cache gave beside the prompt's details.
  const auto cached = first_count_member(input_details, {"cached_tokens"});
  usage_counts.cached_input =
      std::min(cached ? *cached : count_member(usage, "prompt_cache_hit_tokens").value_or(0), input);
  usage_counts.cache_write = std::min(count_member(input_details, "cache_write_tokens").value_or(0),
                                      input - usage_counts.cached_input);
  usage_counts.input = input - usage_counts.cached_input - usage_counts.cache_write;
  usage_counts.output = completion.value_or(0);
  usage_counts.reasoning =
      std::min(count_member(output_details, "reasoning_tokens").value_or(0), usage_counts.output);
  const std::int64_t total = count_member(usage, "total_tokens").value_or(0);
  if (const std::int64_t hidden = total - input - usage_counts.output; hidden > 0) {
    usage_counts.output += hidden;
    usage_counts.reasoning += hidden;
  }
  return usage_counts;
}

}  // namespace stubkeeper::llm
