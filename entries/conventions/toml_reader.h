#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stubkeeper::entries {

// A TOML file of conventions, read key by key. Keeps the first error with its line: a wrong type, or at
// finish() a key that nobody asked for, with the nearest one that somebody did.
class TomlReader {
 public:
  // `where` names the file in messages, `file` its old keys (renamed_keys.h). A text that is no TOML is
  // finish()'s error.
  TomlReader(std::string_view text, std::string where, std::string_view file);
  ~TomlReader();
  TomlReader(const TomlReader&) = delete;
  TomlReader& operator=(const TomlReader&) = delete;

  // Each sets the target where the key ("changelog.max_characters") is there, and returns whether it is.
  bool text(std::string_view key, std::string& target);
  bool texts(std::string_view key, std::vector<std::string>& target);
  bool number(std::string_view key, std::size_t& target);

  // The keys of a table in alphabetical order; none where it is missing.
  std::vector<std::string> names(std::string_view table);
  // The number of tables of an array of tables; their keys are "tier.0.name".
  std::size_t count(std::string_view array);

  // Keeps the caller's error about a key, with its line.
  void fail(std::string_view key, std::string message, std::string advice = "");

  // A line for each key that was read by its old name.
  const std::vector<std::string>& notices() const;

  // The first error.
  Status finish();

 private:
  struct Root;
  std::unique_ptr<Root> root_;
};

}  // namespace stubkeeper::entries
