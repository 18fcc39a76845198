#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <span>

#include "cli/terminal/keyboard.h"

namespace stubkeeper::cli {
namespace {

volatile std::sig_atomic_t size_changed = 0;
volatile std::sig_atomic_t stop_requested = 0;

extern "C" void on_resize(int) {
  size_changed = 1;
}
extern "C" void on_stop(int) {
  stop_requested = 1;
}
extern "C" void ignore_signal(int) {}

constexpr std::array handled_signals{SIGWINCH, SIGTSTP, SIGINT, SIGTERM};

sigset_t signal_set(std::span<const int> numbers) {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : numbers) sigaddset(&set, number);
  return set;
}

// Sets a signal's action for a scope.
class ScopedSignalAction {
 public:
  ScopedSignalAction(int number, void (*handler)(int)) : number_(number) {
    struct sigaction action {};
    action.sa_handler = handler;
    sigaction(number, &action, &previous_action_);
  }
  ~ScopedSignalAction() { sigaction(number_, &previous_action_, nullptr); }
  ScopedSignalAction(const ScopedSignalAction&) = delete;
  ScopedSignalAction& operator=(const ScopedSignalAction&) = delete;

 private:
  int number_;
  struct sigaction previous_action_ {};
};

// Signals are blocked except while the program waits for a key, so that none is missed before it
// waits.
class TerminalKeyboard final : public Keyboard {
 public:
  explicit TerminalKeyboard(std::function<bool()> keep_going) : keep_going_(std::move(keep_going)) {
    tcgetattr(STDIN_FILENO, &original_mode_);
    const sigset_t blocked = signal_set(handled_signals);
    sigprocmask(SIG_BLOCK, &blocked, &original_mask_);
    enter_raw_mode();
  }
  ~TerminalKeyboard() override {
    restore_mode();
    sigprocmask(SIG_SETMASK, &original_mask_, nullptr);
  }

  Key next() override {
    return pending_event_or(read_key([this] { return next_byte(); }, [this] { return wait_readable(50); }));
  }

  ScreenSize size() override {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return {};
    return {size.ws_col, size.ws_row};
  }

  void suspend_while(const std::function<void()>& run) override {
    restore_mode();
    {
      const ScopedSignalAction no_resize{SIGWINCH, SIG_DFL};
      const ScopedSignalAction stop{SIGTSTP, SIG_DFL};
      // Ctrl-C is for the other program, which would inherit an ignored signal, but not a handler.
      const ScopedSignalAction interrupt{SIGINT, ignore_signal};
      sigprocmask(SIG_SETMASK, &original_mask_, nullptr);
      run();
      const sigset_t blocked = signal_set(handled_signals);
      sigprocmask(SIG_BLOCK, &blocked, nullptr);
    }
    enter_raw_mode();
  }

 private:
  void enter_raw_mode() {
    termios raw = original_mode_;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | IEXTEN);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
  }
  void restore_mode() { tcsetattr(STDIN_FILENO, TCSADRAIN, &original_mode_); }

  // Whether a byte can be read within so many milliseconds, -1 for no limit. False for a signal
  // too.
  bool wait_readable(int milliseconds) {
    fd_set descriptors;
    FD_ZERO(&descriptors);
    FD_SET(STDIN_FILENO, &descriptors);
    timespec limit{milliseconds / 1000, (milliseconds % 1000) * 1'000'000L};
    sigset_t open = original_mask_;
    for (const int number : handled_signals) sigdelset(&open, number);
    return pselect(STDIN_FILENO + 1, &descriptors, nullptr, nullptr, milliseconds < 0 ? nullptr : &limit,
                   &open) > 0;
  }

  std::optional<char> next_byte() {
    while (keep_going_() && size_changed == 0 && stop_requested == 0) {
      if (!wait_readable(-1)) continue;
      char byte = 0;
      const ssize_t count = ::read(STDIN_FILENO, &byte, 1);
      if (count == 1) return byte;
      if (count < 0 && errno == EINTR) continue;
      return std::nullopt;
    }
    return std::nullopt;
  }

  Key pending_event_or(Key key) {
    if (!keep_going_()) return {Key::Kind::interrupted, ""};
    if (stop_requested != 0) {
      stop_requested = 0;
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
    restore_mode();
    {
      const ScopedSignalAction default_action{SIGTSTP, SIG_DFL};
      const sigset_t only_stop = signal_set(std::array{SIGTSTP});
      raise(SIGTSTP);
      // The process stops here until the shell continues it.
      sigprocmask(SIG_UNBLOCK, &only_stop, nullptr);
      sigprocmask(SIG_BLOCK, &only_stop, nullptr);
    }
    enter_raw_mode();
  }

  std::function<bool()> keep_going_;
  termios original_mode_{};
  sigset_t original_mask_{};
  const ScopedSignalAction resize_{SIGWINCH, on_resize};
  const ScopedSignalAction stop_{SIGTSTP, on_stop};
};

}  // namespace

std::unique_ptr<Keyboard> terminal_keyboard(std::function<bool()> keep_going) {
  return std::make_unique<TerminalKeyboard>(std::move(keep_going));
}

}  // namespace stubkeeper::cli
