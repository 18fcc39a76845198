#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper::entries {

// The form of a front matter's top-level map (YAML 1.2.2 §7.4.2, §8.2.2).
struct YamlRoot {
  bool is_flow = false;    // { name: value }
  std::size_t indent = 0;  // of its names, in a block map
};

// The form of the top-level map of `text`; a block map at the margin where there is none.
YamlRoot parse_yaml_root(std::string_view text);

// `text`, whose top-level map is a flow map, with the scalar `name` set to `literal`, in place or as the last
// field. Nothing where the value is no scalar, or the map does not end. The caller reads the result back.
std::optional<std::string> set_in_flow_map(std::string_view text, std::string_view name, std::string_view literal);

// `text`, in which the value at `begin` has an anchor or is an alias, with the value set to `literal`. The
// anchor goes to the first alias of it, which keeps the old value. Nothing where the value is neither.
std::optional<std::string> set_anchored_scalar(std::string_view text, std::size_t begin, std::string_view literal);

}  // namespace stubkeeper::entries
