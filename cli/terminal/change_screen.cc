#include "cli/terminal/change_screen.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/text/utf8.h"
#include "cli/terminal/item_view.h"
#include "cli/terminal/styled_text.h"
#include "cli/terminal/walk_keys.h"
#include "review/labels.h"

namespace stubkeeper::cli {

void ChangeScreen::show(const review::ReviewItem& item, const std::string& place, std::size_t unflagged) {
  const ScreenSize size = keyboard_.size();
  const bool colour = environment_.colour();
  const std::string part = item.place().empty() ? "" : " · " + sanitize_for_terminal(item.place());
  const std::string header =
      truncate_to_width(fmt::format("[{}] {}{}", place, sanitize_for_terminal(item.entry_path), part), size.columns);
  const bool waits = item.change.state == kb::ChangeState::waiting;
  keys_ = waits ? format_keys(item, unflagged, size.columns) : format_keys_of_decided(size.columns);
  side_effect_ = review::describe_side_effect(item);
  auto lines = item_lines(item, {size.columns, colour, false, true});
  // Header, an empty line on both sides, keys and prompt have their room; something of the item always has.
  const auto reserved_rows = static_cast<int>(keys_.size()) + (side_effect_.empty() ? 5 : 6);
  const auto available_rows = static_cast<std::size_t>(std::max(size.rows - reserved_rows, 5));
  if (lines.size() > available_rows) {
    const std::size_t more = lines.size() - available_rows + 1;
    lines.resize(available_rows - 1);
    lines.push_back(apply_style(fmt::format("… {} more lines: v shows all of it", more), Style::faint, colour));
  }
  environment_.out << '\n' << apply_style(header, Style::strong, colour) << '\n';
  for (const std::string& line : lines) environment_.out << line << '\n';
  environment_.out << '\n';
  show_prompt();
}

void ChangeScreen::show_prompt() {
  if (!side_effect_.empty())
    environment_.out << apply_style(truncate_to_width("! " + side_effect_, keyboard_.size().columns), Style::strong,
                               environment_.colour())
                     << '\n';
  for (const std::string& line : keys_) environment_.out << line << '\n';
  environment_.out << "> " << std::flush;
}

void ChangeScreen::say(const std::string& words) {
  for (const std::string& line : wrap_text(words, keyboard_.size().columns, UrlWrapping::whole))
    environment_.out << line << '\n';
  // What ends with its own line end is parted from the keys below it.
  if (words.ends_with('\n')) environment_.out << '\n';
  environment_.out << std::flush;
}

}  // namespace stubkeeper::cli
