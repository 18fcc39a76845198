#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::entries {

// The difference of two texts as POSIX `diff -u` prints it, with three lines around each change; "" for equal
// texts. `name` is in the two header lines. After a last line without its end comes "\ No newline at end of
// file".
std::string unified_diff(std::string_view before, std::string_view after, std::string_view name);

}  // namespace stubkeeper::entries
