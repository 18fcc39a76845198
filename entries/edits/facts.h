#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper::entries {

// A fact as a list item states it: "- **HQ:** Aarhus", "* Founded: 2001" or "- **Type**: Private". The name
// is without emphasis and colon, the value without white space around it.
struct Fact {
  std::string name;
  std::string value;
};

// The fact of a list item's text, or nothing: a name has at most 40 bytes and no link, and stands on the
// item's first line.
std::optional<Fact> parse_fact(std::string_view item);

}  // namespace stubkeeper::entries
