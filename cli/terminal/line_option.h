#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace stubkeeper::cli {

// A command with the argument that opens its file at a line, from 1 ("vim +12"), where its program is one of
// `takers`. Any other command is given back as it is, and so is each for line 0. The command may have
// options, and variables of its environment before it.
std::string add_line_option(const std::string& command, std::size_t line,
                            std::span<const std::string_view> supported_programs);

}  // namespace stubkeeper::cli
