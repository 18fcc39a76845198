#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// The words of a text of which its quotes have the opposite and not the word itself: `rose (the quotes say "fell")`.
std::vector<std::string> find_opposites(std::string_view text, std::string_view quotes);

}  // namespace stubkeeper::llm
