#include "cli/terminal/command_at_line.h"

#include <algorithm>
#include <sstream>

namespace stubkeeper::cli {

std::string command_at_line(const std::string& command, std::size_t line,
                            std::span<const std::string_view> takers) {
  std::istringstream words{command};
  std::string program;
  while (words >> program && program.find('=') != std::string::npos) continue;
  const std::string name = program.substr(program.rfind('/') + 1);
  const bool takes_line = std::find(takers.begin(), takers.end(), name) != takers.end();
  return takes_line && line != 0 ? command + " +" + std::to_string(line) : command;
}

}  // namespace stubkeeper::cli
