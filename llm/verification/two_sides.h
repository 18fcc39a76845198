#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper::llm {

// The flag on a change that something else speaks against.
inline constexpr const char* contradicts_flag = "contradicts";

// Who says something, and in which words: the new text, the entry, or a source by its title.
struct Side {
  std::string who;
  std::string words;
  bool operator==(const Side&) const = default;
};

// What is said, and what speaks against it.
struct TwoSides {
  Side said;
  Side otherwise;
  bool operator==(const TwoSides&) const = default;
};

// Both sides in the one line that a flag's detail is, and back; nothing for a text that is no such line.
std::string in_one_line(const TwoSides& sides);
std::optional<TwoSides> two_sides_of(std::string_view detail);

}  // namespace stubkeeper::llm
