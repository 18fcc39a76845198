#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace stubkeeper {

// The known name that a misspelt one is likely meant to be: the one with the least edit distance
// (Damerau-Levenshtein, adjacent transpositions counted once), at most a third of the longer word's length
// and at least 1; else the only one that begins with the name ("--all" of "--all-unflagged"), from three letters on; else nothing.
std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> known);

}  // namespace stubkeeper
