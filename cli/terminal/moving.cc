#include "cli/terminal/moving.h"

#include <fmt/format.h>

#include <ostream>

#include "base/text/utf8.h"
#include "cli/terminal/asking.h"
#include "cli/terminal/item_view.h"

namespace stubkeeper::cli {
namespace {

// A digit for each; what lies beyond is named by a script.
constexpr std::size_t most_at_a_key = 9;

// The part that a digit chooses.
std::optional<std::string> ask_part(Keyboard& keyboard, std::ostream& out, const review::ReviewItem& item) {
  out << "to which part of " << printable(item.entry_path) << "?\n";
  std::string digits;
  for (const std::string& part : item.other_parts) {
    if (digits.size() == most_at_a_key) {
      out << fmt::format("  and {} more: `stubkeeper review edit {} --part NAME`\n",
                         item.other_parts.size() - most_at_a_key, item.change.id);
      break;
    }
    digits += static_cast<char>('1' + digits.size());
    out << fmt::format("  {} {}\n", digits.back(), printable(part));
  }
  const auto choice = ask_choice(keyboard, out, "  Esc leave it: ", digits);
  if (!choice) return std::nullopt;
  return item.other_parts.at(static_cast<std::size_t>(*choice - '1'));
}

}  // namespace

Result<std::optional<review::MovedText>> ask_where_to(Keyboard& keyboard, const Environment& environment,
                                              kb::Store& store, const review::ReviewItem& item) {
  std::ostream& out = environment.out;
  const auto part = ask_part(keyboard, out, item);
  if (!part) return std::optional<review::MovedText>{};
  auto moved = review::moved_text(store, item.change, *part, environment.clock.now());
  if (!moved.ok()) {
    const ErrorCode code = moved.error().code;
    const bool theirs = code == ErrorCode::invalid_argument || code == ErrorCode::refused ||
                        code == ErrorCode::conflict || code == ErrorCode::not_found;
    if (!theirs) return moved.error();
    out << printable(moved.error().text()) << '\n';
    return std::optional<review::MovedText>{};
  }
  const ViewOptions view{keyboard.size().columns, environment.colour()};
  for (const std::string& line : placed_lines(moved->difference, moved->around, view)) out << line << '\n';
  for (const kb::Flag& flag : moved->flags) {
    for (const std::string& line :
         flag_lines({flag.name, flag.detail, review::flag_meaning(flag.name), false}, view, true))
      out << line << '\n';
  }
  if (moved->flags.empty() && !item.change.citations.empty())
    out << "checked against its quotes: nothing speaks against it\n";
  const bool approved = ask_yes(keyboard, out,
                                fmt::format("approve it under \"{}\"{}?", printable(moved->own.moved_to),
                                            moved->flags.empty() ? "" : " all the same"));
  if (!approved) return std::optional<review::MovedText>{};
  return std::optional{*std::move(moved)};
}

}  // namespace stubkeeper::cli
