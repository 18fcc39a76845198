#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "cli/terminal/key_reader.h"
#include "cli/terminal/keyboard.h"

namespace stubkeeper::cli {
namespace {

volatile std::sig_atomic_t size_changed = 0;
volatile std::sig_atomic_t stop_wanted = 0;

extern "C" void note_new_size(int) {
  size_changed = 1;
}
extern "C" void note_stop(int) {
  stop_wanted = 1;
}
extern "C" void leave_to_the_other_program(int) {}

constexpr std::array watched{SIGWINCH, SIGTSTP, SIGINT, SIGTERM};

// A signal's action, put back at the end of its scope.
class Action {
 public:
  Action(int number, void (*handler)(int)) : number_(number) {
    struct sigaction action {};
    action.sa_handler = handler;
    sigaction(number, &action, &before_);
  }
  ~Action() { sigaction(number_, &before_, nullptr); }
  Action(const Action&) = delete;
  Action& operator=(const Action&) = delete;

 private:
  int number_;
  struct sigaction before_ {};
};

// Signals are let in only while the program waits for a key, so that none is missed between looking and
// waiting.
class TerminalKeyboard final : public Keyboard {
 public:
  explicit TerminalKeyboard(std::function<bool()> keep_going) : keep_going_(std::move(keep_going)) {
    tcgetattr(STDIN_FILENO, &as_found_);
    sigset_t blocked;
    sigemptyset(&blocked);
    for (const int number : watched) sigaddset(&blocked, number);
    sigprocmask(SIG_BLOCK, &blocked, &mask_as_found_);
    take_keys();
  }
  ~TerminalKeyboard() override {
    give_back();
    sigprocmask(SIG_SETMASK, &mask_as_found_, nullptr);
  }

  Key next() override {
    return was_stopped_or_resized_or(
        read_key([this] { return next_byte(); }, [this] { return is_ready(50); }));
  }

  ScreenSize size() override {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return {};
    return {size.ws_col, size.ws_row};
  }

  void lend(const std::function<void()>& run) override {
    give_back();
    {
      const Action no_resize{SIGWINCH, SIG_DFL};
      const Action stop{SIGTSTP, SIG_DFL};
      // Its Ctrl-C is not ours; a handler, since an ignored signal would stay ignored in the other program.
      const Action interrupt{SIGINT, leave_to_the_other_program};
      sigprocmask(SIG_SETMASK, &mask_as_found_, nullptr);
      run();
      sigset_t blocked;
      sigemptyset(&blocked);
      for (const int number : watched) sigaddset(&blocked, number);
      sigprocmask(SIG_BLOCK, &blocked, nullptr);
    }
    take_keys();
  }

 private:
  void take_keys() {
    termios raw = as_found_;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | IEXTEN);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
  }
  void give_back() { tcsetattr(STDIN_FILENO, TCSADRAIN, &as_found_); }

  // Whether a byte can be read within so many milliseconds; without end for -1. False for a signal too.
  bool is_ready(int milliseconds) {
    fd_set descriptors;
    FD_ZERO(&descriptors);
    FD_SET(STDIN_FILENO, &descriptors);
    timespec limit{milliseconds / 1000, (milliseconds % 1000) * 1'000'000L};
    sigset_t open = mask_as_found_;
    for (const int number : watched) sigdelset(&open, number);
    return pselect(STDIN_FILENO + 1, &descriptors, nullptr, nullptr, milliseconds < 0 ? nullptr : &limit,
                   &open) > 0;
  }

  std::optional<char> next_byte() {
    while (keep_going_() && size_changed == 0 && stop_wanted == 0) {
      if (!is_ready(-1)) continue;
      char byte = 0;
      const ssize_t count = ::read(STDIN_FILENO, &byte, 1);
      if (count == 1) return byte;
      if (count < 0 && errno == EINTR) continue;
      return std::nullopt;
    }
    return std::nullopt;
  }

  Key was_stopped_or_resized_or(Key key) {
    if (!keep_going_()) return {Key::Kind::interrupted, ""};
    if (stop_wanted != 0) {
      stop_wanted = 0;
      stop();
      return {Key::Kind::resumed, ""};
    }
    if (size_changed != 0) {
      size_changed = 0;
      return {Key::Kind::resized, ""};
    }
    return key;
  }

  void stop() {
    give_back();
    {
      const Action as_usual{SIGTSTP, SIG_DFL};
      sigset_t only_stop;
      sigemptyset(&only_stop);
      sigaddset(&only_stop, SIGTSTP);
      raise(SIGTSTP);
      // It stops here, and goes on when the shell lets it.
      sigprocmask(SIG_UNBLOCK, &only_stop, nullptr);
      sigprocmask(SIG_BLOCK, &only_stop, nullptr);
    }
    take_keys();
  }

  std::function<bool()> keep_going_;
  termios as_found_{};
  sigset_t mask_as_found_{};
  const Action resize_{SIGWINCH, note_new_size};
  const Action stop_{SIGTSTP, note_stop};
};

}  // namespace

std::unique_ptr<Keyboard> terminal_keyboard(std::function<bool()> keep_going) {
  return std::make_unique<TerminalKeyboard>(std::move(keep_going));
}

}  // namespace stubkeeper::cli
