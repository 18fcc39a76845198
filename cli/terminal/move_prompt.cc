#include "cli/terminal/move_prompt.h"

#include <fmt/format.h>

#include <ostream>

#include "base/text/utf8.h"
#include "cli/terminal/item_view.h"
#include "cli/terminal/prompt.h"

namespace stubkeeper::cli {
namespace {

// A digit for each; what lies beyond is named by a script.
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

Result<std::optional<review::MovePreview>> ask_move_target(Keyboard& keyboard, const Environment& environment,
                                              kb::Store& store, const review::ReviewItem& item) {
  std::ostream& out = environment.out;
  const auto part = ask_part(keyboard, out, item);
  if (!part) return std::optional<review::MovePreview>{};
  auto moved = review::preview_move(store, item.change, *part, environment.clock.now());
  if (!moved.ok()) {
    const ErrorCode code = moved.error().code;
    const bool is_user_error = code == ErrorCode::invalid_argument || code == ErrorCode::refused ||
                        code == ErrorCode::conflict || code == ErrorCode::not_found;
    if (!is_user_error) return moved.error();
    out << sanitize_for_terminal(moved.error().text()) << '\n';
    return std::optional<review::MovePreview>{};
  }
  const ViewOptions view{keyboard.size().columns, environment.colour()};
  for (const std::string& line : difference_lines_in_context(moved->difference, moved->context_lines, view)) out << line << '\n';
  for (const kb::Flag& flag : moved->flags) {
    for (const std::string& line :
         flag_lines({flag.name, flag.detail, review::flag_meaning(flag.name), false}, view, true))
      out << line << '\n';
  }
  if (moved->flags.empty() && !item.change.citations.empty())
    out << "checked against its quotes: nothing speaks against it\n";
  const bool approved = ask_confirmation(keyboard, out,
                                fmt::format("approve it under \"{}\"{}?", sanitize_for_terminal(moved->reviewer_edit.moved_to),
                                            moved->flags.empty() ? "" : " all the same"));
  if (!approved) return std::optional<review::MovePreview>{};
  return std::optional{*std::move(moved)};
}

}  // namespace stubkeeper::cli
