#include <istream>

#include "cli/terminal/key_reader.h"
#include "cli/terminal/keyboard.h"

namespace stubkeeper::cli {
namespace {

class StreamKeyboard final : public Keyboard {
 public:
  StreamKeyboard(std::istream& in, int columns, std::function<bool()> keep_going)
      : in_(in), columns_(columns), keep_going_(std::move(keep_going)) {}

  Key next() override {
    if (!keep_going_()) return {Key::Kind::interrupted, ""};
    return read_key(
        [this]() -> std::optional<char> {
          const int byte = in_.get();
          if (byte == std::istream::traits_type::eof()) return std::nullopt;
          return static_cast<char>(byte);
        },
        [this] { return in_.peek() == '[' || in_.peek() == 'O'; });
  }
  ScreenSize size() override { return {columns_, 200}; }
  void suspend_while(const std::function<void()>& run) override { run(); }

 private:
  std::istream& in_;
  int columns_;
  std::function<bool()> keep_going_;
};

}  // namespace

std::unique_ptr<Keyboard> stream_keyboard(std::istream& in, int columns, std::function<bool()> keep_going) {
  return std::make_unique<StreamKeyboard>(in, columns, std::move(keep_going));
}

}  // namespace stubkeeper::cli
