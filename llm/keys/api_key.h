#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "llm/keys/secret.h"

namespace stubkeeper::llm {

// Where an endpoint's key comes from. The configuration holds these, never the key.
struct KeySource {
  std::string variable;  // the name of an environment variable, or ""
  std::string command;   // for /bin/sh, printing the key on its first line: "pass show openai"; or ""
  std::chrono::milliseconds command_timeout{30'000};
};

// The value of an environment variable; nothing where it is not set. As a seam: the program passes getenv.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// The key: from the command where there is one, else from the variable; nothing where neither is named. An
// error where what is named gives none, or gives what is no key: an HTTP header takes visible ASCII without
// spaces (RFC 9110 §5.5), which also is all that keys are made of. No error holds any part of it.
Result<std::optional<Secret>> read_api_key(const KeySource& source, const Environment& environment);

// Reads this process's environment.
std::optional<std::string> process_environment(const std::string& name);

}  // namespace stubkeeper::llm
