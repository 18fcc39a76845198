#include "cli/review/conflict_walk.h"

#include <fmt/format.h>

#include <ostream>

#include "cli/review/conflict_view.h"
#include "cli/review/editor.h"
#include "schema/base/utf8.h"

namespace stubkeeper::cli {
namespace {

constexpr const char* keys =
    "d keep what is on disk · t keep what is in the store · e edit both · s skip · q quit";

// Whether it is settled; an error that leaves it waiting is said.
Result<bool> edit(const Session& session, const OpenKnowledgeBase& kb, Keyboard& keyboard,
                  const kb::Conflict& conflict, const kb::Reviewer& reviewer) {
  std::ostream& out = session.environment.out;
  STUBKEEPER_ASSIGN(const std::string start, text_to_settle(*kb.store, conflict));
  Result<std::optional<std::string>> text = std::optional<std::string>{};
  keyboard.lend([&] { text = edit_at_terminal(session, kb, start); });
  if (!text.ok()) {
    out << printable(text.error().text()) << '\n';
    return false;
  }
  if (!text->has_value() || has_marks(**text)) {
    out << (text->has_value() ? "the text still has the marks of the conflict; nothing was decided\n"
                              : "unchanged; nothing was decided\n");
    return false;
  }
  STUBKEEPER_TRY(kb::Conflicts{*kb.store}.decide(conflict.id, kb::Keep::edit, page_from_editor(**text),
                                                 reviewer, session.environment.clock.now()));
  return true;
}

}  // namespace

Result<bool> walk_conflicts(const Session& session, const OpenKnowledgeBase& kb, Keyboard& keyboard,
                            const std::vector<kb::Conflict>& conflicts) {
  Environment& environment = session.environment;
  const kb::Reviewer reviewer{kb::AuthorKind::person, kb.reviewer};
  for (std::size_t i = 0; i < conflicts.size(); ++i) {
    const kb::Conflict& conflict = conflicts[i];
    STUBKEEPER_ASSIGN(const std::string view, conflict_view(*kb.store, conflict));
    const std::string shown = fmt::format("\n[conflict {}/{}]\n\n{}\n", i + 1, conflicts.size(), view);
    environment.out << shown;
    for (bool asked = true; asked;) {
      asked = false;
      environment.out << keys << "\n> " << std::flush;
      const Key key = keyboard.next();
      if (key.ends() || !environment.out.good()) return false;
      if (key.redraws()) {
        environment.out << shown;
        asked = true;
        continue;
      }
      environment.out << (key.kind == Key::Kind::character ? printable(key.text) : "") << '\n';
      if (key.text == "q") return false;
      if (key.text == "s") break;
      if (key.text == "e") {
        STUBKEEPER_ASSIGN(const bool settled, edit(session, kb, keyboard, conflict, reviewer));
        asked = !settled;
      } else if (key.text == "d" || key.text == "t") {
        const Status decided =
            kb::Conflicts{*kb.store}.decide(conflict.id, key.text == "d" ? kb::Keep::disk : kb::Keep::store,
                                            "", reviewer, environment.clock.now());
        if (!decided.ok()) environment.out << printable(decided.error().text()) << '\n';
      } else {
        environment.out << "that key decides nothing\n";
        asked = true;
      }
    }
  }
  return true;
}

}  // namespace stubkeeper::cli
