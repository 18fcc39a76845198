#include "cli/terminal/prompt.h"

#include "base/text/utf8.h"
#include "cli/terminal/styled_text.h"

namespace stubkeeper::cli {
namespace {

void erase_last_character(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
  if (!text.empty()) text.pop_back();
}

// Which of the characters answers, without showing it; nothing where the person leaves the question.
std::optional<char> ask_character(Keyboard& keyboard, std::ostream& out, const std::string& words,
                                  std::string_view characters) {
  // In the width that the screen has by then.
  const auto ask = [&] { out << break_at_spaces(words, keyboard.size().columns) << std::flush; };
  ask();
  for (;;) {
    const Key key = keyboard.next();
    if (key.is_end_of_input() || key.kind == Key::Kind::escape) {
      out << '\n';
      return std::nullopt;
    }
    if (key.needs_redraw()) {
      out << '\n';
      ask();
    }
    if (key.kind != Key::Kind::character || key.text.size() != 1) continue;
    if (characters.find(key.text[0]) != std::string_view::npos) return key.text[0];
  }
}

}  // namespace

std::optional<std::string> ask_line(Keyboard& keyboard, std::ostream& out, const std::string& question,
                                    std::string text) {
  out << question << sanitize_for_terminal(text) << std::flush;
  for (;;) {
    const Key key = keyboard.next();
    if (key.is_end_of_input() || key.kind == Key::Kind::escape) {
      out << '\n';
      return std::nullopt;
    }
    if (key.kind == Key::Kind::enter) {
      out << '\n' << std::flush;
      return text;
    }
    const std::string before = text;
    if (key.kind == Key::Kind::backspace) {
      erase_last_character(text);
    } else if (key.kind == Key::Kind::character && key.text == "\x15") {
      text.clear();
    } else if (key.kind == Key::Kind::character && static_cast<unsigned char>(key.text[0]) >= 0x20) {
      text += key.text;
    }
    if (text.size() == before.size() + key.text.size() && text.starts_with(before) && text != before) {
      out << sanitize_for_terminal(key.text) << std::flush;
    } else if (text != before || key.needs_redraw()) {
      out << "\r\x1b[K" << question << sanitize_for_terminal(text) << std::flush;
    }
  }
}

std::optional<char> ask_choice(Keyboard& keyboard, std::ostream& out, const std::string& words,
                               std::string_view choices) {
  const auto choice = ask_character(keyboard, out, words, choices);
  if (choice) out << *choice << '\n' << std::flush;
  return choice;
}

std::optional<std::string> ask_choice_or_number(Keyboard& keyboard, std::ostream& out,
                                                const std::string& words, std::string_view choices) {
  constexpr std::string_view digits = "0123456789";
  const auto first = ask_character(keyboard, out, words, std::string{choices} + std::string{digits});
  if (!first) return std::nullopt;
  if (digits.find(*first) != std::string_view::npos)
    return ask_line(keyboard, out, "", std::string(1, *first));
  out << *first << '\n' << std::flush;
  return std::string(1, *first);
}

bool ask_confirmation(Keyboard& keyboard, std::ostream& out, const std::string& question) {
  return ask_choice(keyboard, out, question + " y or n: ", "yn") == 'y';
}

}  // namespace stubkeeper::cli
