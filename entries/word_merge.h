#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper::entries {

// A text that two sides changed, merged word by word: what only one side changed is taken from it, what both
// changed alike is taken once. Nothing where both changed the same place in different ways, or places with no
// word between them: such changes may mean something together that neither meant. A pure function.
std::optional<std::string> merge_words(std::string_view base, std::string_view ours, std::string_view theirs);

}  // namespace stubkeeper::entries
