#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

// Bytes [begin, end) of a code span with its backticks (CommonMark §6.1).
struct CodeSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The code spans of a block's text, in order. Time is linear in the text.
std::vector<CodeSpan> find_code_spans(std::string_view text);

}  // namespace stubkeeper::entries
