#include "cli/terminal/keyboard.h"

#include <istream>

namespace stubkeeper::cli {
namespace {

constexpr char escape = '\x1b';

std::optional<Key> arrow(char final_byte) {
  constexpr Key::Kind kinds[] = {Key::Kind::up, Key::Kind::down, Key::Kind::right, Key::Kind::left};
  if (final_byte < 'A' || final_byte > 'D') return std::nullopt;
  return Key{kinds[final_byte - 'A'], ""};
}

// The number of bytes after the first one of a UTF-8 character.
int continuation_byte_count(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : byte >= 0xC0 ? 1 : 0;
}

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

Key read_key(const std::function<std::optional<char>()>& next_byte,
             const std::function<bool()>& has_more_input) {
  for (;;) {
    const auto first = next_byte();
    if (!first) return {Key::Kind::closed, ""};
    if (*first == '\n' || *first == '\r') return {Key::Kind::enter, ""};
    if (*first == '\x7f' || *first == '\b') return {Key::Kind::backspace, ""};
    if (*first == '\x04') return {Key::Kind::closed, ""};  // Ctrl-D
    if (*first != escape) {
      std::string text{*first};
      for (int left = continuation_byte_count(*first); left > 0; --left) {
        const auto byte = next_byte();
        if (!byte) return {Key::Kind::closed, ""};
        text += *byte;
      }
      return {Key::Kind::character, text};
    }
    if (!has_more_input()) return {Key::Kind::escape, ""};
    const auto introducer = next_byte();
    if (!introducer) return {Key::Kind::closed, ""};
    if (*introducer != '[' && *introducer != 'O') return {Key::Kind::escape, ""};
    std::optional<char> byte = next_byte();
    bool parameters = false;
    while (byte && (static_cast<unsigned char>(*byte) < 0x40 || static_cast<unsigned char>(*byte) > 0x7E)) {
      parameters = true;
      byte = next_byte();
    }
    if (!byte) return {Key::Kind::closed, ""};
    if (const auto key = arrow(*byte); key && !parameters) return *key;
  }
}

std::unique_ptr<Keyboard> stream_keyboard(std::istream& in, int columns, std::function<bool()> keep_going) {
  return std::make_unique<StreamKeyboard>(in, columns, std::move(keep_going));
}

}  // namespace stubkeeper::cli
