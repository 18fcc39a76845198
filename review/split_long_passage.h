#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace stubkeeper::review {

// A passage in pieces of at most `max_bytes`, in order, which together are the passage. A piece ends behind
// a sentence where one ends in its second half, else behind a white space, else (in a text without spaces)
// between two characters. max_bytes is at least 8.
std::vector<std::string_view> split_long_passage(std::string_view passage, std::size_t max_bytes);

}  // namespace stubkeeper::review
