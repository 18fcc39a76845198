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

// A TOML file of conventions, read key by key. The first thing that is wrong is kept, with its line: a wrong
// type, or at done() a key that nobody asked for, with the nearest one that somebody did.
class TomlReader {
 public:
  // `where` names the file in messages. A text that is no TOML gives a reader whose done() says so.
  TomlReader(std::string_view text, std::string where);
  ~TomlReader();
  TomlReader(const TomlReader&) = delete;
  TomlReader& operator=(const TomlReader&) = delete;

  // Each sets the target where the key ("changelog.most_characters") is there, and says whether it is.
  bool text(std::string_view key, std::string& target);
  bool texts(std::string_view key, std::vector<std::string>& target);
  bool number(std::string_view key, std::size_t& target);

  // The keys of a table, in the order of the alphabet; none where it is missing.
  std::vector<std::string> names(std::string_view table);
  // How many tables an array of tables has; their keys are "tier.0.name".
  std::size_t count(std::string_view array);

  // Keeps an error of the caller's about a key, with its line.
  void fail(std::string_view key, std::string message, std::string advice = "");

  // The first thing that was wrong.
  Status finish();

 private:
  struct Root;
  std::unique_ptr<Root> root_;
};

}  // namespace stubkeeper::entries
