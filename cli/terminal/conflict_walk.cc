#include "cli/terminal/conflict_walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/text/utf8.h"
#include "cli/terminal/conflict_view.h"
#include "cli/terminal/editor.h"
#include "cli/terminal/pager.h"
#include "cli/terminal/styled_text.h"
#include "cli/terminal/walk_keys.h"

namespace stubkeeper::cli {
namespace {

constexpr const char* keys =
    "d keep disk · t keep store · e edit both · v view in full · s skip · u undo · ? help · q quit";

constexpr const char* help =
    "  Your site's file was edited by hand, and the entry in stubkeeper's store was changed too.\n"
    "  d  keep what your file says at the places above\n"
    "  t  keep what the store says there\n"
    "  e  write it yourself: both texts stand between marks in $EDITOR\n"
    "  s  skip: the file stays as it is and waits for the next time\n"
    "  u  undo what you settled last\n"
    "  What differs at other places is kept from both, and `stubkeeper export` writes the file.\n";

std::string of_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// A message, or what is shown in the pager.
std::string between_words(const std::string& text, int columns) {
  return of_lines(wrapped_lines(text, columns, Addresses::whole));
}

// The view in the width of the screen, and no higher than it.
std::string on_screen(const std::string& view, const ScreenSize& size) {
  auto lines = wrapped_lines(view, size.columns, Addresses::broken);
  // The header, an empty line on both sides, keys and prompt have their room.
  const int around = 6 + static_cast<int>(in_lines(keys, size.columns).size());
  const auto room = static_cast<std::size_t>(std::max(size.rows - around, 5));
  if (lines.size() > room) {
    const std::size_t more = lines.size() - room + 1;
    lines.resize(room - 1);
    lines.push_back(fmt::format("… {} more lines: v shows all of it", more));
  }
  return of_lines(lines);
}

// Whether it is settled; an error that leaves it waiting is said.
Result<bool> edit(const Session& session, const OpenKnowledgeBase& kb, Keyboard& keyboard,
                  const kb::Conflict& conflict, const kb::Reviewer& reviewer) {
  std::ostream& out = session.environment.out;
  STUBKEEPER_ASSIGN(const std::string start, text_to_settle(*kb.store, conflict));
  Result<std::optional<std::string>> text = std::optional<std::string>{};
  keyboard.lend([&] { text = edit_at_terminal(session, kb, start, line_of_first_mark(start)); });
  if (!text.ok()) {
    out << between_words(printable(text.error().text()), keyboard.size().columns);
    return false;
  }
  if (!text->has_value() || has_marks(**text)) {
    out << (text->has_value() ? "the text still has the marks of the conflict; nothing was decided\n"
                              : "unchanged; nothing was decided\n");
    return false;
  }
  STUBKEEPER_TRY(kb::Conflicts{*kb.store}.decide(conflict.id, kb::Keep::edit, page_from_editor(**text),
                                                 reviewer, session.environment.clock.now()));
  out << "settled: your text is kept\n";
  return true;
}

// Where a conflict stands in the walk, as it is in the store now; one that is not in it is put at `current`.
Result<std::size_t> place_of(kb::Store& store, kb::Id id, std::size_t current,
                             std::vector<kb::Conflict>& conflicts) {
  STUBKEEPER_ASSIGN(const auto now, kb::Conflicts{store}.get(id));
  auto at = std::find_if(conflicts.begin(), conflicts.end(),
                         [&](const kb::Conflict& conflict) { return conflict.id == id; });
  if (at == conflicts.end())
    at = conflicts.insert(conflicts.begin() + static_cast<std::ptrdiff_t>(current), now);
  *at = now;
  return static_cast<std::size_t>(at - conflicts.begin());
}

}  // namespace

Result<bool> walk_conflicts(const Session& session, const OpenKnowledgeBase& kb, Keyboard& keyboard,
                            std::vector<kb::Conflict> conflicts, Decisions& decisions) {
  Environment& environment = session.environment;
  const kb::Reviewer reviewer{kb::AuthorKind::person, kb.reviewer};
  for (std::size_t i = 0; i < conflicts.size(); ++i) {
    const kb::Conflict conflict = conflicts[i];
    STUBKEEPER_ASSIGN(const std::string view, conflict_view(*kb.store, conflict));
    const auto show = [&] {
      environment.out << fmt::format("\n[conflict {}/{}]\n\n{}\n", i + 1, conflicts.size(),
                                     on_screen(view, keyboard.size()));
    };
    show();
    for (bool asked = true; asked;) {
      asked = false;
      environment.out << of_lines(in_lines(keys, keyboard.size().columns)) << "> " << std::flush;
      const Key key = keyboard.next();
      if (key.ends() || !environment.out.good()) return false;
      if (key.redraws()) {
        show();
        asked = true;
        continue;
      }
      environment.out << (key.kind == Key::Kind::character ? printable(key.text) : "") << '\n';
      if (key.text == "q") return false;
      if (key.text == "s") break;
      if (key.text == "?") {
        environment.out << between_words(help, keyboard.size().columns);
        asked = true;
      } else if (key.text == "v") {
        STUBKEEPER_TRY(
            show_in_pager(session, kb, keyboard,
                          between_words(view, keyboard.size().columns) + "\n(q leads back to the review)\n"));
        asked = true;
      } else if (key.text == "u") {
        Decisions::Undone undone;
        STUBKEEPER_ASSIGN(const auto outcome, decisions.undo(undone));
        environment.out << between_words(outcome.words, keyboard.size().columns);
        asked = undone.conflict == 0;
        if (!asked) {
          STUBKEEPER_ASSIGN(const std::size_t at, place_of(*kb.store, undone.conflict, i, conflicts));
          i = at - 1;  // the loop goes on to it
        }
      } else if (key.text == "e") {
        STUBKEEPER_ASSIGN(const bool settled, edit(session, kb, keyboard, conflict, reviewer));
        if (settled) decisions.note_settled(conflict.id);
        asked = !settled;
      } else if (key.text == "d" || key.text == "t") {
        const Status decided =
            kb::Conflicts{*kb.store}.decide(conflict.id, key.text == "d" ? kb::Keep::disk : kb::Keep::store,
                                            "", reviewer, environment.clock.now());
        if (decided.ok()) decisions.note_settled(conflict.id);
        environment.out << between_words(!decided.ok() ? printable(decided.error().text())
                                         : key.text == "d"
                                             ? "settled: what your file says is kept; u undoes it"
                                             : "settled: what the store says is kept; u undoes it",
                                         keyboard.size().columns);
      } else {
        environment.out << "that is no key here; these are:\n";
        asked = true;
      }
    }
  }
  return true;
}

}  // namespace stubkeeper::cli
