#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// UTF-8 with each run of white space (Unicode's White_Space, so also U+00A0) as one space, none at its ends,
// and without characters that have no width (U+200B, U+2060, U+FEFF).
std::string fold_white_space(std::string_view text);

// Lines of code: each without the white space at its end, no empty ones, the whole without an end of line.
std::string fold_code_lines(std::string_view text);

}  // namespace stubkeeper::crawler
