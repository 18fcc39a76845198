#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "entries/toml_library.h"

namespace stubkeeper::entries {

// A TOML key that has a new name. `old_name` is dotted, with "*" for a step of any name, or for each table
// of an array ("part.*.limit"); `new_name` replaces its last step.
struct RenamedKey {
  std::string_view old_name;
  std::string_view new_name;
};

// The renamed keys of a file ("house_style.toml"), of schema/renamed_keys.txt.
std::vector<RenamedKey> renamed_keys(std::string_view file);

// Gives keys with old names their new ones, with their lines. Out: a notice for each ("fetch.limit is called
// fetch.max_count now"), beginning with `where` and the line. Error: invalid_argument where a table has both
// names.
Result<std::vector<std::string>> rename_old_keys(toml::table& root, std::span<const RenamedKey> renamed_keys,
                                                 const std::string& where);

}  // namespace stubkeeper::entries
