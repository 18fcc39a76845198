#include <algorithm>

#include "base/subprocess.h"
#include "llm/keys/api_key.h"

namespace stubkeeper::llm {
namespace {

Error failed(const std::string& what) {
  return Error{ErrorCode::io, "the command for the key " + what, "model.api_key_command",
               "run it yourself to see what it says"};
}

}  // namespace

Result<Secret> run_secret_command(const std::string& command, std::chrono::milliseconds timeout,
                                  std::size_t max_bytes) {
  auto result = run_subprocess({{"/bin/sh", "-c", command}, "", timeout, max_bytes, false});
  if (!result.ok()) return failed(result.error().message);
  std::string& bytes = result->output;
  Secret output{bytes};
  std::fill(bytes.begin(), bytes.end(), '\0');
  if (result->exit_code != 0) return failed("failed with exit status " + std::to_string(result->exit_code));
  return output;
}

}  // namespace stubkeeper::llm
