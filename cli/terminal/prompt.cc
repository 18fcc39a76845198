#include "cli/terminal/prompt.h"

#include <fmt/format.h>

#include "base/text/utf8.h"
#include "cli/terminal/item_view.h"
#include "cli/terminal/styled_text.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

void erase_last_character(std::string& text) {
  while (!text.empty() && is_utf8_continuation(text.back())) text.pop_back();
  if (!text.empty()) text.pop_back();
}

// The character that was typed, which is not shown.
std::optional<char> ask_character(Keyboard& keyboard, std::ostream& out, const std::string& words,
                                  std::string_view characters) {
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

// A digit each; other parts are for scripts.
constexpr std::size_t max_numbered_choices = 9;

// The part that a digit chooses.
std::optional<std::string> ask_part(Keyboard& keyboard, std::ostream& out, const review::ReviewItem& item) {
  out << "to which part of " << sanitize_for_terminal(item.entry_path) << "?\n";
  std::string digits;
  for (const std::string& part : item.list_target_parts) {
    if (digits.size() == max_numbered_choices) {
      out << fmt::format("  and {} more: `stubkeeper review edit {} --part NAME`\n",
                         item.list_target_parts.size() - max_numbered_choices, item.change.id);
      break;
    }
    digits += static_cast<char>('1' + digits.size());
    out << fmt::format("  {} {}\n", digits.back(), sanitize_for_terminal(part));
  }
  const auto choice = ask_choice(keyboard, out, "  Esc leave it: ", digits);
  if (!choice) return std::nullopt;
  return item.list_target_parts.at(static_cast<std::size_t>(*choice - '1'));
}

}  // namespace

std::unique_ptr<Keyboard> open_keyboard(const Environment& environment) {
  return environment.open_keyboard
             ? environment.open_keyboard()
             : stream_keyboard(environment.in, environment.columns, environment.keep_going);
}

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

std::optional<std::string> ask_reason(Keyboard& keyboard, std::ostream& out) {
  out << "why?\n";
  std::string choices = "0wW";
  for (std::size_t i = 0; i < review::common_rejection_reasons.size(); ++i) {
    out << fmt::format("  {} {}\n", i + 1, review::common_rejection_reasons[i]);
    choices += static_cast<char>('1' + i);
  }
  const auto choice =
      ask_choice(keyboard, out, "  w write your own · 0 no reason · Esc do not reject: ", choices);
  if (!choice) return std::nullopt;
  if (*choice == '0') return std::string{};
  if (*choice == 'w' || *choice == 'W') return ask_line(keyboard, out, "reason: ");
  return std::string{review::common_rejection_reasons[static_cast<std::size_t>(*choice - '1')]};
}

std::optional<kb::ChangeFilter> ask_filter(Keyboard& keyboard, std::ostream& out,
                                           const kb::ChangeFilter& initial_filter,
                                           const review::ReviewItem& item) {
  const auto choice = ask_choice(
      keyboard, out,
      fmt::format("f flagged · u unflagged · e this entry · k this kind · s this source · a {}: ",
                  initial_filter == kb::ChangeFilter{} ? "all" : "all that you asked for at the start"),
      "fueksa");
  if (!choice) return std::nullopt;
  kb::ChangeFilter wanted = initial_filter;
  if (*choice == 'f' || *choice == 'u') wanted.flagged = *choice == 'f';
  if (*choice == 'e') wanted.path = item.entry_path;
  if (*choice == 'k') wanted.kind = item.change.kind;
  if (*choice == 's' && !item.quotes.empty()) wanted.source_id = item.quotes.front().source.source_id;
  return wanted;
}

Result<std::optional<review::MovePreview>> ask_move_target(Keyboard& keyboard, const Environment& environment,
                                                           kb::Store& store, const review::ReviewItem& item) {
  std::ostream& out = environment.out;
  const auto part = ask_part(keyboard, out, item);
  if (!part) return std::optional<review::MovePreview>{};
  auto moved = review::preview_move(store, item.change, *part, environment.clock.now());
  if (!moved.ok()) {
    if (!is_user_error(moved.error())) return moved.error();
    out << sanitize_for_terminal(moved.error().text()) << '\n';
    return std::optional<review::MovePreview>{};
  }
  const ViewOptions view{keyboard.size().columns, environment.colour()};
  for (const std::string& line : difference_lines_in_context(moved->difference, moved->context_lines, view))
    out << line << '\n';
  for (const kb::Flag& flag : moved->flags) {
    for (const std::string& line : flag_lines(flag, view, true)) out << line << '\n';
  }
  if (moved->flags.empty() && !item.change.citations.empty())
    out << "checked against its quotes: nothing speaks against it\n";
  const bool approved = ask_confirmation(
      keyboard, out,
      fmt::format("approve it under \"{}\"{}?", sanitize_for_terminal(moved->reviewer_edit.moved_to),
                  moved->flags.empty() ? "" : " all the same"));
  if (!approved) return std::optional<review::MovePreview>{};
  return std::optional{*std::move(moved)};
}

bool is_user_error(const Error& error) {
  return error.code == ErrorCode::invalid_argument || error.code == ErrorCode::refused ||
         error.code == ErrorCode::conflict || error.code == ErrorCode::not_found;
}

}  // namespace stubkeeper::cli
