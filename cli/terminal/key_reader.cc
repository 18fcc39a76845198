#include "cli/terminal/key_reader.h"

namespace stubkeeper::cli {
namespace {

constexpr char escape = '\x1b';

std::optional<Key> arrow(char final_byte) {
  switch (final_byte) {
    case 'A':
      return Key{Key::Kind::up, ""};
    case 'B':
      return Key{Key::Kind::down, ""};
    case 'C':
      return Key{Key::Kind::right, ""};
    case 'D':
      return Key{Key::Kind::left, ""};
    default:
      return std::nullopt;
  }
}

// How many bytes follow the first one of a UTF-8 character.
int continuation_byte_count(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : byte >= 0xC0 ? 1 : 0;
}

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

}  // namespace stubkeeper::cli
