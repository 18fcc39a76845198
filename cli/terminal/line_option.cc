#include "cli/terminal/line_option.h"

#include <algorithm>
#include <sstream>

namespace stubkeeper::cli {

std::string add_line_option(const std::string& command, std::size_t line,
                            std::span<const std::string_view> supported_programs) {
  std::istringstream words{command};
  std::string program;
  while (words >> program && program.find('=') != std::string::npos) continue;
  const std::string name = program.substr(program.rfind('/') + 1);
  const bool supports_line = std::find(supported_programs.begin(), supported_programs.end(), name) != supported_programs.end();
  return supports_line && line != 0 ? command + " +" + std::to_string(line) : command;
}

}  // namespace stubkeeper::cli
