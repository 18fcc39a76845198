#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "base/result.h"
#include "llm/keys/secret.h"

namespace stubkeeper::llm {

// What a command prints on standard output, run by /bin/sh -c in a process group of its own, with nothing on
// standard input and its standard error thrown away: that may hold the secret, and an unattended run writes
// it into a log. An error where it does not exit with 0, prints more than `max_bytes`, or is not done after
// `limit`: then its process group is killed. No error repeats what it printed.
Result<Secret> run_secret_command(const std::string& command, std::chrono::milliseconds timeout,
                                std::size_t max_bytes);

}  // namespace stubkeeper::llm
