#include "cli/terminal/line_option.h"

#include <sstream>

#include "base/text/strings.h"

namespace stubkeeper::cli {

std::string add_line_option(const std::string& command, std::size_t line,
                            std::span<const std::string_view> supported_programs) {
  std::istringstream words{command};
  std::string program;
  while (words >> program && program.find('=') != std::string::npos) continue;
  const std::string name = std::string{file_name(program)};
  const bool supports_line = contains(supported_programs, name);
  return supports_line && line != 0 ? command + " +" + std::to_string(line) : command;
}

}  // namespace stubkeeper::cli
