#pragma once

#include <span>
#include <string_view>

namespace stubkeeper::llm {

// A flag's stable name, and what the reviewer should check.
struct FlagKind {
  std::string_view name;     // "number-not-in-quote"
  std::string_view meaning;  // "A number in the new text stands in none of its quotes."
};

// Every flag that a change can have, sorted by name.
std::span<const FlagKind> flag_kinds();

}  // namespace stubkeeper::llm
