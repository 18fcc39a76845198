#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper::llm {

// The flag on a change that something else speaks against.
inline constexpr const char* contradicts_flag = "contradicts";

// Who says something, and in which words: the new text, the entry, or a source by its title.
struct AttributedText {
  std::string who;
  std::string words;
  bool operator==(const AttributedText&) const = default;
};

// What is said, and what speaks against it.
struct Contradiction {
  AttributedText statement;
  AttributedText counterstatement;
  bool operator==(const Contradiction&) const = default;
};

// Both sides in the one line that a flag's detail is, and back; nothing for a text that is no such line.
std::string format_contradiction(const Contradiction& sides);
std::optional<Contradiction> parse_contradiction(std::string_view detail);

}  // namespace stubkeeper::llm
