#include "llm/keys/secret.h"

#include <algorithm>
#include <utility>

#include "base/subprocess.h"
#include "base/text/ascii.h"

namespace stubkeeper::llm {
namespace {

void overwrite(std::string& bytes) {
  // Through a volatile pointer, so that the compiler does not leave out a write that nobody reads.
  volatile char* at = bytes.data();
  for (std::size_t i = 0; i < bytes.size(); ++i) at[i] = 0;
  bytes.clear();
}

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

Error failed(const std::string& what) {
  return Error{ErrorCode::io, "the command for the key " + what, "model.api_key_command",
               "run it yourself to see what it says"};
}

}  // namespace

Secret::Secret(Secret&& other) noexcept : bytes_(other.bytes_) {
  // Copied, not moved: a moved-from short string keeps its bytes.
  overwrite(other.bytes_);
}

Secret& Secret::operator=(Secret other) noexcept {
  bytes_.swap(other.bytes_);
  return *this;
}

Secret::~Secret() {
  overwrite(bytes_);
}

std::string Secret::redact(std::string_view text) const {
  if (bytes_.empty()) return std::string{text};
  std::string clean;
  for (std::size_t at = 0;;) {
    const std::size_t found = text.find(bytes_, at);
    clean += text.substr(at, found - at);
    if (found == std::string_view::npos) return clean;
    clean += "[key]";
    at = found + bytes_.size();
  }
}

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

Result<Secret> run_secret_command(const std::string& command, std::chrono::milliseconds timeout,
                                  std::size_t max_bytes) {
  auto result = run_subprocess({{"/bin/sh", "-c", command}, "", timeout, max_bytes, false});
  if (!result.ok()) return failed(result.error().message);
  std::string& bytes = result->output;
  Secret output{bytes};
  std::fill(bytes.begin(), bytes.end(), '\0');
  if (result->signal != 0) return failed("was ended by signal " + std::to_string(result->signal));
  if (result->exit_code != 0) return failed("failed with exit status " + std::to_string(result->exit_code));
  return output;
}

}  // namespace stubkeeper::llm
