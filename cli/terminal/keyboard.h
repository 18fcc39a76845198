#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

namespace stubkeeper::cli {

struct ScreenSize {
  int columns = 80;
  int rows = 24;
};

// A key, or what else happens at a terminal.
struct Key {
  enum class Kind {
    character,  // `text` holds one, in UTF-8
    enter,
    escape,
    backspace,
    up,
    down,
    left,
    right,
    resized,      // the screen has another size
    resumed,      // the program was stopped and goes on
    interrupted,  // it is asked to end
    closed,       // the end of input
  } kind = Kind::closed;
  std::string text;

  bool is_end_of_input() const { return kind == Kind::interrupted || kind == Kind::closed; }
  bool needs_redraw() const { return kind == Kind::resized || kind == Kind::resumed; }
};

// Keys one by one, without Enter and without echo. One at a time in a process; one thread.
class Keyboard {
 public:
  virtual ~Keyboard() = default;
  // Waits for the next key.
  virtual Key next() = 0;
  virtual ScreenSize size() = 0;
  // Restores the terminal for another program while `run` lasts.
  virtual void suspend_while(const std::function<void()>& run) = 0;
};

// Keys of a stream, for tests and for input that is no terminal. `keep_going` as in Environment.
std::unique_ptr<Keyboard> stream_keyboard(std::istream& in, int columns, std::function<bool()> keep_going);

// The terminal on standard input, by POSIX termios. Ctrl-C and SIGTERM are `interrupted` once
// keep_going is false; after Ctrl-Z and fg comes `resumed`. The destructor restores the terminal.
std::unique_ptr<Keyboard> terminal_keyboard(std::function<bool()> keep_going);

// One key of a terminal's bytes: a UTF-8 character, or an arrow as "ESC [ A" or "ESC O A" (ECMA-48
// §8.3, VT100). `next_byte` gives nothing at the end. `has_more_input` is called after an ESC,
// which is a key by itself where nothing follows at once. Other control sequences are skipped.
Key read_key(const std::function<std::optional<char>()>& next_byte,
             const std::function<bool()>& has_more_input);

}  // namespace stubkeeper::cli
