#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>

namespace stubkeeper::cli {

struct ScreenSize {
  int columns = 80;
  int rows = 24;
};

// What a person at a terminal does next.
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
    closed,       // nothing more will come
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
  // Gives the terminal, as it was found, to another program while `run` lasts.
  virtual void suspend_while(const std::function<void()>& run) = 0;
};

// Keys out of a stream, for tests and for input that is no terminal. `keep_going` as in Environment.
std::unique_ptr<Keyboard> stream_keyboard(std::istream& in, int columns, std::function<bool()> keep_going);

// The terminal on standard input, by POSIX termios. Ctrl-C and SIGTERM end in `interrupted` once keep_going
// says no; Ctrl-Z stops the program with the terminal as it was found, and `resumed` follows. The terminal is
// as it was found again when the keyboard is gone.
std::unique_ptr<Keyboard> terminal_keyboard(std::function<bool()> keep_going);

}  // namespace stubkeeper::cli
