#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::entries {

// A text with all its lines ended by `ending`; the last one only if it was ended.
std::string with_line_endings(std::string_view text, std::string_view ending);

// The line ending that all sides of a merge are to have, where they do not agree: of the side that turned its
// lines, the hand's (`theirs`) before the store's. "" where they agree, and where the base is a mixture that
// the hand left as it is, so that lines keep their own.
std::string_view merged_line_ending(std::string_view base, std::string_view ours, std::string_view theirs);

}  // namespace stubkeeper::entries
