#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace stubkeeper {

// The known name that a misspelt one probably means: the one at the least Damerau-Levenshtein distance, which
// is at most a third of the longer name's length (or 1); else the only one that begins with it, from three
// letters on ("--all" of "--all-unflagged"); else nothing.
std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> known);

}  // namespace stubkeeper
