#include "cli/terminal/change_screen.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <string_view>

#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "cli/terminal/external_programs.h"
#include "cli/terminal/item_view.h"
#include "cli/terminal/styled_text.h"
#include "entries/front_matter.h"
#include "entries/markdown/lines.h"
#include "kb/entries/entry_store.h"
#include "review/change_kinds.h"
#include "review/labels.h"
#include "review/preview.h"

namespace stubkeeper::cli {
namespace {

Status show_lines(const Session& session, const OpenKnowledgeBase& kb, Keyboard& keyboard,
                  const std::vector<std::string>& lines, std::size_t pager_line) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return show_in_pager(session, kb, keyboard, text, pager_line);
}

// The text and then the front matter for a terminal, each line after "+ " where it changed, else
// after two spaces. Safe to print.
std::vector<std::string> preview_lines(const review::EntryPreview& preview, int columns, bool colour) {
  const auto lines = entries::split_lines(preview.bytes);
  const std::size_t end = entries::FrontMatter::parse(preview.bytes).end();
  std::vector<std::string> text;
  std::vector<std::string> front_matter;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::vector<std::string>& shown = lines[i].begin < end ? front_matter : text;
    const std::string line = preview.bytes.substr(lines[i].begin, lines[i].end - lines[i].begin);
    const bool changed = preview.changed.contains(i + 1);
    const std::string words = sanitize_for_terminal(entries::trim(line));
    const Style style = changed ? Style::added : Style::plain;
    for (std::string& part :
         wrap_styled({{style, words}}, columns, changed ? "+ " : "  ", changed ? "+ " : "  ", colour))
      shown.push_back(std::move(part));
  }
  if (!front_matter.empty()) text.emplace_back();
  text.insert(text.end(), front_matter.begin(), front_matter.end());
  return text;
}

// The line of these, from 1, that a pager begins at: a few above the first new one; 0 for none.
std::size_t pager_start_line(const std::vector<std::string>& preview_lines) {
  constexpr std::size_t lines_above = 4;
  const auto first = std::find_if(preview_lines.begin(), preview_lines.end(),
                                  [](const std::string& line) { return line.starts_with("+ "); });
  if (first == preview_lines.end()) return 0;
  const auto place = static_cast<std::size_t>(first - preview_lines.begin()) + 1;
  return place > lines_above ? place - lines_above : 1;
}

// "! 3 flags: contradicts, hype, old-source", of the unresolved ones; "" for none.
std::string flags_header(const review::ReviewItem& item) {
  std::vector<std::string> names;
  for (const kb::Flag& flag : item.change.flags) {
    if (!flag.resolved_at) names.push_back(flag.name);
  }
  if (names.empty()) return "";
  const std::string count = pluralize(static_cast<std::int64_t>(names.size()), "flag");
  return "! " + count + ": " + sanitize_for_terminal(join(names, ", "));
}

// The effect of approving, on the entry and on what else there is.
std::vector<std::string> describe_effects(const review::ReviewItem& item, int columns, bool colour) {
  if (item.change.state != kb::ChangeState::waiting) return {};
  const char* key = review::keeps_words(item.change.kind) ? "a keep: " : "a approve: ";
  std::vector<std::string> lines = wrap_styled({{Style::faint, item.consequence}}, columns, key,
                                               std::string(std::string_view{key}.size(), ' '), colour);
  for (const std::string& effect : review::describe_side_effects(item)) {
    for (std::string& line :
         wrap_styled({{Style::strong, sanitize_for_terminal(effect)}}, columns, "! ", "  ", colour))
      lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

void ChangeScreen::show(const review::ReviewItem& item, const std::string& place, std::size_t unflagged) {
  const ScreenSize size = keyboard_.size();
  const bool colour = environment_.colour();
  const std::string part = item.place().empty() ? "" : " · " + sanitize_for_terminal(item.place());
  const std::string header = truncate_to_width(
      fmt::format("[{}] {}{}", place, sanitize_for_terminal(item.entry_path), part), size.columns);
  std::vector<std::string> flags;
  if (const std::string names = flags_header(item); !names.empty())
    flags = wrap_styled({{Style::strong, names}}, size.columns, "", "  ", colour);
  const bool waits = item.change.state == kb::ChangeState::waiting;
  keys_ = waits ? format_keys(item, unflagged, size.columns) : format_keys_of_decided(size.columns);
  effects_ = describe_effects(item, size.columns, colour);
  auto lines = item_lines(item, {size.columns, colour, false, true});
  // Room for the header, an empty line on both sides, keys and prompt; and always for some of the
  // item.
  const auto reserved_rows = static_cast<int>(keys_.size() + effects_.size() + flags.size()) + 5;
  const auto available_rows = static_cast<std::size_t>(std::max(size.rows - reserved_rows, 5));
  if (lines.size() > available_rows) {
    const std::size_t more = lines.size() - available_rows + 1;
    lines.resize(available_rows - 1);
    lines.push_back(
        apply_style(fmt::format("… {} more lines: v shows all of it", more), Style::faint, colour));
  }
  environment_.out << '\n' << apply_style(header, Style::strong, colour) << '\n';
  for (const std::string& line : flags) environment_.out << line << '\n';
  for (const std::string& line : lines) environment_.out << line << '\n';
  environment_.out << '\n';
  show_prompt();
}

void ChangeScreen::show_prompt() {
  for (const std::string& line : effects_) environment_.out << line << '\n';
  for (const std::string& line : keys_) environment_.out << line << '\n';
  environment_.out << "> " << std::flush;
}

void ChangeScreen::say(const std::string& words) {
  for (const std::string& line : wrap_text(words, keyboard_.size().columns, UrlWrapping::whole))
    environment_.out << line << '\n';
  if (words.ends_with('\n')) environment_.out << '\n';
  environment_.out << std::flush;
}

Status page_item(const Session& session, const OpenKnowledgeBase& knowledge_base, Keyboard& keyboard,
                 const review::ReviewItem& item) {
  const ViewOptions is_detailed{keyboard.size().columns, session.environment.colour(), true};
  return show_lines(session, knowledge_base, keyboard, item_lines(item, is_detailed), 0);
}

Result<std::string> page_entry_preview(const Session& session, const OpenKnowledgeBase& knowledge_base,
                                       Keyboard& keyboard, const review::ReviewItem& item) {
  kb::Store& store = *knowledge_base.store;
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(item.change.entry_id));
  STUBKEEPER_ASSIGN(const auto preview,
                    review::preview_entry(store, entry, item.change.id, iso_date(session.now())));
  const auto lines = preview_lines(preview, keyboard.size().columns, session.environment.colour());
  STUBKEEPER_TRY(show_lines(session, knowledge_base, keyboard, lines, pager_start_line(lines)));
  return sanitize_for_terminal(preview.problem);
}

constexpr const char* key_help =
    "  a  approve: the change goes into the entry; a flagged one asks once more. Of a contradiction: keep\n"
    "     the line as it is\n"
    "  r  reject, with a reason that the drafter is told; it is not proposed again\n"
    "  e  edit the text in $EDITOR; it is verified, shown, and approved as yours when you say so\n"
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
  std::string keys = review::keeps_words(item.change.kind)
                         ? "a keep · r reject · e correct · s skip · b back · u undo"
                         : "a approve · r reject · e edit · s skip · b back · u undo";
  if (unflagged > 1) keys += fmt::format(" · A all {} unflagged of this entry", unflagged);
  if (!item.list_target_parts.empty()) keys += " · m move";
  if (item.parts > 1) keys += fmt::format(" · x split into {}", item.parts);
  keys +=
      " · n never again · p in the entry · v view in full · g go to · f filter · / search · ? help · q quit";
  return wrap_keys(keys, columns);
}

std::vector<std::string> format_keys_of_decided(int columns) {
  return wrap_keys(
      "s go on · b back · u undo the last decision · v view in full · g go to · f filter · / search · "
      "? help · q quit",
      columns);
}

}  // namespace stubkeeper::cli
