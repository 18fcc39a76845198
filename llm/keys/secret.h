#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "base/result.h"

namespace stubkeeper::llm {

// A key or token. It cannot be printed, formatted, compared or turned into a text by accident: its
// bytes are read by expose() alone, for the header of a request, and overwritten when it goes away.
class Secret {
 public:
  explicit Secret(std::string bytes) : bytes_(std::move(bytes)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret other) noexcept;
  ~Secret();

  const std::string& expose() const { return bytes_; }

  // `text` with every occurrence of the bytes replaced by "[key]": an endpoint may repeat what it
  // was sent.
  std::string redact(std::string_view text) const;

  friend std::ostream& operator<<(std::ostream&, const Secret&) = delete;

 private:
  std::string bytes_;
};

// Where an endpoint's key comes from. The configuration holds these, never the key.
struct KeySource {
  std::string variable;  // the name of an environment variable, or ""
  std::string command;   // for /bin/sh, printing the key on its first line: "pass show openai"; or ""
  std::chrono::milliseconds command_timeout{30'000};
};

// The value of an environment variable; nothing where it is not set. As a seam: the program passes
// getenv.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// The key: from the command where there is one, else from the variable; nothing where neither is
// named. An error where what is named gives none, or something else: an HTTP header takes visible
// ASCII without spaces (RFC 9110 §5.5), and keys are made of nothing else. No error holds any part
// of it.
Result<std::optional<Secret>> read_api_key(const KeySource& source, const Environment& environment);

// The output of a command, run by /bin/sh -c in a process group of its own, without standard input
// and standard error: that may hold the secret, and an unattended run writes it into a log. An
// error where it does not exit with 0, prints more than `max_bytes`, or is not done after
// `timeout`: then its process group is killed. No error repeats what it printed.
Result<Secret> run_secret_command(const std::string& command, std::chrono::milliseconds timeout,
                                  std::size_t max_bytes);

}  // namespace stubkeeper::llm
