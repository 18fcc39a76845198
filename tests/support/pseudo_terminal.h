#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace stubkeeper::testing {

// stubkeeper at a terminal of its own (forkpty), started by something like a shell: where Ctrl-Z stops it,
// "[stopped]" is written, and "[as found]" where it left the terminal in the mode that it had; Enter lets it
// go on. The program is killed where the test ends before it does.
class PseudoTerminal {
 public:
  PseudoTerminal(const std::vector<std::string>& arguments,
                 const std::map<std::string, std::string>& variables, int columns = 80, int rows = 24);
  ~PseudoTerminal();
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;

  void type(const std::string& keys);
  void resize(int columns, int rows);
  // Waits until the words have been written since the last wait, and gives all that was written since then,
  // up to them; everything, without the words, where the program ends before.
  std::string wait_for(const std::string& words);
  // Closes the person's side, as a terminal window that is closed.
  void close_terminal();
  // Everything up to the end, and the exit code; 128 and the signal's number where one ended it.
  int wait_for_end(std::string* rest = nullptr);

 private:
  bool read_more();
  int master_ = -1;
  pid_t shell_ = -1;
  std::string written_;
  std::size_t read_position_ = 0;
};

}  // namespace stubkeeper::testing
