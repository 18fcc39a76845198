#include "cli/terminal/walk_keys.h"

#include <fmt/format.h>

#include <string_view>

#include "base/text/utf8.h"
#include "cli/terminal/styled_text.h"

namespace stubkeeper::cli {

const char* const key_help =
    "  a  approve: the change goes into the entry; a flagged one asks once more\n"
    "  r  reject, with a reason that the drafter is told; it is not proposed again\n"
    "  e  edit the text in $EDITOR; what you wrote is verified, shown, and approved as yours when you say "
    "so\n"
    "  s  skip: it waits for the next time (also: right, down)\n"
    "  b  back to the one before (also: left, up)\n"
    "  u  undo your last decision\n"
    "  A  approve all changes of this entry that have no flag; shows them and asks\n"
    "  m  move it to another part of the entry; it is shown there, checked again, and approved as yours\n"
    "  x  split into its parts, to decide on each\n"
    "  n  never again: from this source, this passage, or this kind of change\n"
    "  p  read it in the entry, as it would be, with \"+\" before what is new\n"
    "  v  view everything about it in the pager, quotes in full\n"
    "  g  go to a change by its number, or to an entry by a part of its name\n"
    "  f  filter: flagged, unflagged, this entry, this kind, this source, all\n"
    "  /  search for words; Enter alone searches for the last ones again\n"
    "  q  quit; every decision so far stands\n"
    "  Enter decides nothing. In the pager, q leads back here.\n"
    "  [3/36] is the third of 36 changes in this walk; a change keeps its own number everywhere.\n"
    "  A flag is a reason to look twice; a stub is an entry that is not published yet.\n";

std::string key_message(const Key& key) {
  switch (key.kind) {
    case Key::Kind::up:
    case Key::Kind::down:
    case Key::Kind::left:
    case Key::Kind::right:
      return "";
    case Key::Kind::enter:
      return "Enter decides nothing; these keys do:";
    case Key::Kind::character:
      break;
    default:
      return "that is no key here; these are:";
  }
  if (key.text == "?") return key_help;
  // The help has a line for each key.
  const bool is_known = ("\n" + std::string{key_help}).find("\n  " + key.text + "  ") != std::string::npos;
  return is_known ? "" : "\"" + sanitize_for_terminal(key.text) + "\" is no key here; these are:";
}

bool is_decision_key(const Key& key) {
  return std::string_view{"aremnx"}.find(key.text) != std::string_view::npos;
}

std::vector<std::string> wrap_keys(const std::string& keys, int columns) {
  std::vector<std::string> lines;
  std::string line;
  for (std::size_t begin = 0; begin < keys.size();) {
    std::size_t end = keys.find(" · ", begin);
    if (end == std::string::npos) end = keys.size();
    const std::string key = keys.substr(begin, end - begin);
    if (!line.empty() && display_width(line) + 3 + display_width(key) > columns) {
      lines.push_back(std::move(line));
      line.clear();
    }
    line += (line.empty() ? "" : " · ") + key;
    begin = end + std::string_view{" · "}.size();
  }
  lines.push_back(std::move(line));
  return lines;
}

std::vector<std::string> format_keys(const review::ReviewItem& item, std::size_t unflagged, int columns) {
  std::string keys = "a approve · r reject · e edit · s skip · b back · u undo";
  if (unflagged > 1) keys += fmt::format(" · A all {} unflagged of this entry", unflagged);
  if (!item.list_target_parts.empty()) keys += " · m move";
  if (item.parts > 1) keys += fmt::format(" · x split into {}", item.parts);
  keys +=
      " · n never again · p in the entry · v view in full · g go to · f filter · / search · ? help · q quit";
  return wrap_keys(keys, columns);
}

std::vector<std::string> format_keys_of_decided(int columns) {
  return wrap_keys(
      "s go on · b back · u undo the last decision · v view in full · g go to · f filter · / search · ? help "
      "· q quit",
      columns);
}

}  // namespace stubkeeper::cli
