#pragma once

#include <string>
#include <vector>

#include "cli/environment.h"

namespace stubkeeper::cli {

// Runs the program with its arguments, without the program's name, and gives its exit code. Every
// error is printed here, and nowhere else.
int run_program(Environment& environment, const std::vector<std::string>& arguments);

}  // namespace stubkeeper::cli
