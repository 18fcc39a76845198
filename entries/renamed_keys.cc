#include "entries/renamed_keys.h"

#include <fmt/format.h>

#include <utility>

#include "entries/markdown/lines.h"
#include "schema/embedded_files.h"

namespace stubkeeper::entries {
namespace {

class KeyRenamer {
 public:
  explicit KeyRenamer(const std::string& file) : file_(file) {}

  // Follows `rest` of the old name below `node`, whose own path is `path` ("" for the root, else
  // with a dot).
  Status rename(toml::node& node, const std::string& path, std::string_view rest, std::string_view new_name) {
    const std::size_t dot = rest.find('.');
    const std::string_view step = rest.substr(0, dot);
    toml::table* table = node.as_table();
    if (dot == std::string_view::npos)
      return table == nullptr ? Status{} : rename_in(*table, path, step, new_name);
    const std::string_view below = rest.substr(dot + 1);
    if (toml::array* array = node.as_array(); array != nullptr && step == "*") {
      for (toml::node& item : *array) STUBKEEPER_TRY(rename(item, path, below, new_name));
    }
    if (table == nullptr) return {};
    for (auto&& [key, child] : *table) {
      const std::string name{key.str()};
      if (step == "*" || step == name) STUBKEEPER_TRY(rename(child, path + name + ".", below, new_name));
    }
    return {};
  }

  std::vector<std::string> take_notices() { return std::move(notices_); }

 private:
  Status rename_in(toml::table& table, const std::string& path, std::string_view old_name,
                   std::string_view new_name) {
    toml::node* node = table.get(old_name);
    if (node == nullptr) return {};
    const std::string old_path = path + std::string{old_name};
    const std::string new_path = path + std::string{new_name};
    const std::string where = fmt::format("{}:{}", file_, node->source().begin.line);
    if (table.contains(new_name))
      return Error{ErrorCode::invalid_argument, fmt::format("{} and {} are both set", old_path, new_path),
                   where, fmt::format("keep {}; the other is its old name", new_path)};
    table.insert(new_name, std::move(*node));
    table.erase(old_name);
    notices_.push_back(
        fmt::format("{}: {} is called {} now; the old name is still read", where, old_path, new_path));
    return {};
  }

  const std::string& file_;
  std::vector<std::string> notices_;
};

}  // namespace

std::vector<RenamedKey> renamed_keys(std::string_view file) {
  std::vector<RenamedKey> keys;
  for (const std::string_view line :
       split_line_texts(schema::embedded_file("renamed_keys.txt").value_or(""))) {
    std::vector<std::string_view> words;
    for (std::string_view rest = trim(line); !rest.empty(); rest = trim(rest.substr(words.back().size())))
      words.push_back(rest.substr(0, rest.find_first_of(" \t")));
    if (words.size() == 3 && words[0] == file) keys.push_back({words[1], words[2]});
  }
  return keys;
}

Result<std::vector<std::string>> rename_old_keys(toml::table& root, std::span<const RenamedKey> renamed_keys,
                                                 const std::string& where) {
  KeyRenamer renamer{where};
  for (const auto& [old_name, new_name] : renamed_keys)
    STUBKEEPER_TRY(renamer.rename(root, "", old_name, new_name));
  return renamer.take_notices();
}

}  // namespace stubkeeper::entries
