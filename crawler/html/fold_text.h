#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// Text with each run of white space (Unicode's White_Space, so also U+00A0) as one space, none at
// its ends, and without characters of no width (U+200B, U+2060, U+FEFF).
std::string fold_white_space(std::string_view text);

// Code without white space at the ends of lines and without empty lines.
std::string fold_code_lines(std::string_view text);

}  // namespace stubkeeper::crawler
