#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "entries/toml_library.h"

namespace stubkeeper::entries {

// A TOML key that has a new name. `old_name` is dotted, "*" one step of any name or each table
// of an array ("part.*.most_sentences"); `new_name` replaces its last step.
struct RenamedKey {
  std::string_view old_name;
  std::string_view new_name;
};

// Gives keys with old names their new ones, with their lines. Out: a notice for each ("fetch.most_bytes
// is called max_bytes now"), beginning with `file` and the line. Error: invalid_argument where a table has
// both names.
Result<std::vector<std::string>> rename_old_keys(toml::table& root, std::span<const RenamedKey> renamed_keys,
                                                 const std::string& file);

}  // namespace stubkeeper::entries
