#include "cli/terminal/walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/text/utf8.h"
#include "cli/terminal/change_screen.h"
#include "cli/terminal/external_programs.h"
#include "cli/terminal/item_view.h"
#include "cli/terminal/prompt.h"
#include "cli/terminal/styled_text.h"
#include "review/conflict_item.h"

namespace stubkeeper::cli {
namespace {

constexpr const char* keys =
    "d keep disk · t keep store · e edit both · v view in full · s skip · u undo · ? help · q quit";

constexpr const char* help =
    "  Your site's file was edited by hand, and the entry in stubkeeper's store was changed too.\n"
    "  d  keep what your file says at the places above\n"
    "  t  keep what the store says there\n"
    "     A deleted file, and one that no export made, has its whole text on both sides; what removes or replaces\n"
    "     one of them asks once more\n"
    "  e  write it yourself: both texts stand between marks in $EDITOR\n"
    "  s  skip: the file stays as it is and waits for the next time\n"
    "  u  undo what you settled last\n"
    "  What differs at other places is kept from both, and `stubkeeper export` writes the file.\n";

std::string join_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string wrap_message(const std::string& text, int columns) {
  return join_lines(wrap_text(text, columns, UrlWrapping::whole));
}

// The view in the width of the screen, and no higher than it.
std::string fit_to_screen(const std::string& view, const ScreenSize& size) {
  auto lines = wrap_text(view, size.columns, UrlWrapping::broken);
  // Room for the header, an empty line on both sides, keys and prompt.
  const int reserved_rows = 6 + static_cast<int>(wrap_keys(keys, size.columns).size());
  const auto available_rows = static_cast<std::size_t>(std::max(size.rows - reserved_rows, 5));
  if (lines.size() > available_rows) {
    const std::size_t more = lines.size() - available_rows + 1;
    lines.resize(available_rows - 1);
    lines.push_back(fmt::format("… {} more lines: v shows all of it", more));
  }
  return join_lines(lines);
}

// Whether it is settled; else says why not.
Result<bool> edit(const Session& session, const OpenKnowledgeBase& kb, Keyboard& keyboard,
                  const kb::Conflict& conflict, const kb::Reviewer& reviewer) {
  std::ostream& out = session.environment.out;
  STUBKEEPER_ASSIGN(const std::string start, review::text_with_conflict_markers(*kb.store, conflict));
  Result<std::optional<std::string>> text = std::optional<std::string>{};
  keyboard.suspend_while(
      [&] { text = edit_at_terminal(session, kb, start, review::first_conflict_marker_line(start)); });
  if (!text.ok()) {
    out << wrap_message(sanitize_for_terminal(text.error().text()), keyboard.size().columns);
    return false;
  }
  if (!text->has_value() || review::has_conflict_markers(**text)) {
    out << (text->has_value() ? "the text still has the marks of the conflict; nothing was decided\n"
                              : "unchanged; nothing was decided\n");
    return false;
  }
  STUBKEEPER_TRY(kb::Conflicts{*kb.store}.decide(conflict.id, kb::ConflictResolution::edit,
                                                 review::ensure_final_newline(**text), reviewer,
                                                 session.now()));
  out << "settled: your text is kept\n";
  return true;
}

// The index of a conflict, read again; one that is not in the walk is inserted at `current`.
Result<std::size_t> find_conflict_index(kb::Store& store, kb::Id id, std::size_t current,
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
                            std::vector<kb::Conflict> conflicts, ReviewSession& review_session) {
  Environment& environment = session.environment;
  const kb::Reviewer reviewer = kb.person();
  for (std::size_t i = 0; i < conflicts.size(); ++i) {
    const kb::Conflict conflict = conflicts[i];
    STUBKEEPER_ASSIGN(const std::string view, conflict_view(*kb.store, conflict));
    STUBKEEPER_ASSIGN(const auto item, review::conflict_item(*kb.store, conflict.id));
    const auto show = [&] {
      environment.out << fmt::format("\n[conflict {}/{}]\n\n{}\n", i + 1, conflicts.size(),
                                     fit_to_screen(view, keyboard.size()));
    };
    show();
    for (bool ask_again = true; ask_again;) {
      ask_again = false;
      environment.out << join_lines(wrap_keys(keys, keyboard.size().columns)) << "> " << std::flush;
      const Key key = keyboard.next();
      if (key.is_end_of_input() || !environment.out.good()) return false;
      if (key.needs_redraw()) {
        show();
        ask_again = true;
        continue;
      }
      environment.out << (key.kind == Key::Kind::character ? sanitize_for_terminal(key.text) : "") << '\n';
      if (key.text == "q") return false;
      if (key.text == "s") break;
      if (key.text == "?") {
        environment.out << wrap_message(help, keyboard.size().columns);
        ask_again = true;
      } else if (key.text == "v") {
        STUBKEEPER_TRY(show_in_pager(session, kb, keyboard, wrap_message(view, keyboard.size().columns)));
        ask_again = true;
      } else if (key.text == "u") {
        ReviewSession::UndoResult undone;
        STUBKEEPER_ASSIGN(const auto outcome, review_session.undo(undone));
        environment.out << wrap_message(outcome.words, keyboard.size().columns);
        ask_again = undone.conflict == 0;
        if (!ask_again) {
          STUBKEEPER_ASSIGN(const std::size_t at,
                            find_conflict_index(*kb.store, undone.conflict, i, conflicts));
          i = at - 1;  // the loop goes on to it
        }
      } else if (key.text == "e") {
        STUBKEEPER_ASSIGN(const bool resolved, edit(session, kb, keyboard, conflict, reviewer));
        if (resolved) review_session.record_resolved_conflict(conflict.id);
        ask_again = !resolved;
      } else if (const std::string question = key.text == "d"   ? item.keep_disk_question
                                              : key.text == "t" ? item.keep_store_question
                                                                : "";
                 !question.empty() && !ask_confirmation(keyboard, environment.out, question)) {
        environment.out << "nothing was decided\n";
        ask_again = true;
      } else if (key.text == "d" || key.text == "t") {
        const Status decided = kb::Conflicts{*kb.store}.decide(
            conflict.id, key.text == "d" ? kb::ConflictResolution::disk : kb::ConflictResolution::store, "",
            reviewer, environment.clock.now());
        if (decided.ok()) review_session.record_resolved_conflict(conflict.id);
        environment.out << wrap_message(!decided.ok() ? sanitize_for_terminal(decided.error().text())
                                        : key.text == "d"
                                            ? "settled: what your file says is kept; u undoes it"
                                            : "settled: what the store says is kept; u undoes it",
                                        keyboard.size().columns);
      } else {
        environment.out << "that is no key here; these are:\n";
        ask_again = true;
      }
    }
  }
  return true;
}

}  // namespace stubkeeper::cli
