#include "llm/keys/api_key.h"

#include <algorithm>

#include "base/text/ascii.h"

namespace stubkeeper::llm {
namespace {

constexpr std::size_t max_output_bytes = 64 * 1024;
constexpr std::size_t max_key_bytes =
    4096;  // more than any provider's, tokens of identity services among them

Result<std::optional<Secret>> check_key(const std::string& text, const std::string& where,
                                        const std::string& advice) {
  const std::string_view key = trim_ascii(text);
  const auto error = [&](const char* what) {
    return Error{ErrorCode::invalid_argument, what, where, advice};
  };
  if (key.empty()) return error("holds no key");
  if (key.size() > max_key_bytes) return error("holds something too long for a key");
  if (!std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 0x7f; }))
    return error("holds something that is no key: keys are visible ASCII without spaces");
  return std::optional<Secret>{Secret{std::string{key}}};
}

}  // namespace

Result<std::optional<Secret>> read_api_key(const KeySource& source, const Environment& environment) {
  if (!source.command.empty()) {
    STUBKEEPER_ASSIGN(const Secret output,
                      run_secret_command(source.command, source.command_timeout, max_output_bytes));
    const std::string& text = output.expose();
    return check_key(text.substr(0, text.find('\n')), "model.api_key_command",
                     "its first line is taken as the key");
  }
  if (source.variable.empty()) return std::optional<Secret>{};
  const std::optional<std::string> value = environment(source.variable);
  if (!value)
    return Error{ErrorCode::not_found, "the environment variable " + source.variable + " is not set",
                 "model.api_key_env", "set it to the key, or name another way in model.api_key_command"};
  return check_key(*value, "the environment variable " + source.variable, "set it to the key");
}

}  // namespace stubkeeper::llm
