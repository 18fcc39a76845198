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
  const std::string part = item.place().empty() ? "" : " · " + printable(item.place());
  const std::string header =
      cut_to_width(fmt::format("[{}] {}{}", place, printable(item.entry_path), part), size.columns);
  const bool waits = item.change.state == kb::ChangeState::waiting;
  keys_ = waits ? key_lines(item, unflagged, size.columns) : key_lines_of_decided(size.columns);
  consequence_ = review::consequence_in_words(item);
  auto lines = item_lines(item, {size.columns, colour, false, true});
  // Header, an empty line on both sides, keys and prompt have their room; something of the item always has.
  const auto around = static_cast<int>(keys_.size()) + (consequence_.empty() ? 5 : 6);
  const auto room = static_cast<std::size_t>(std::max(size.rows - around, 5));
  if (lines.size() > room) {
    const std::size_t more = lines.size() - room + 1;
    lines.resize(room - 1);
    lines.push_back(styled(fmt::format("… {} more lines: v shows all of it", more), Style::faint, colour));
  }
  environment_.out << '\n' << styled(header, Style::strong, colour) << '\n';
  for (const std::string& line : lines) environment_.out << line << '\n';
  environment_.out << '\n';
  ask_for_key();
}

void ChangeScreen::ask_for_key() {
  if (!consequence_.empty())
    environment_.out << styled(cut_to_width("! " + consequence_, keyboard_.size().columns), Style::strong,
                               environment_.colour())
                     << '\n';
  for (const std::string& line : keys_) environment_.out << line << '\n';
  environment_.out << "> " << std::flush;
}

void ChangeScreen::say(const std::string& words) {
  for (const std::string& line : wrapped_lines(words, keyboard_.size().columns, Addresses::whole))
    environment_.out << line << '\n';
  // What ends with its own line end is parted from the keys below it.
  if (words.ends_with('\n')) environment_.out << '\n';
  environment_.out << std::flush;
}

}  // namespace stubkeeper::cli
