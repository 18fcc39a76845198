#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper::llm {

// The flag on a change that something else contradicts.
inline constexpr const char* contradicts_flag = "contradicts";

// Words, and who says them: the new text, the entry, or a source by its title.
struct AttributedText {
  std::string who;
  std::string words;
  bool operator==(const AttributedText&) const = default;
};

// A statement, and one that contradicts it.
struct Contradiction {
  AttributedText statement;
  AttributedText counterstatement;
  bool operator==(const Contradiction&) const = default;
};

// Both sides as a flag's detail, in one line, and back; nothing for another text.
std::string format_contradiction(const Contradiction& sides);
std::optional<Contradiction> parse_contradiction(std::string_view detail);

}  // namespace stubkeeper::llm
