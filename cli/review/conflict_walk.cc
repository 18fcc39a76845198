#include "cli/review/conflict_walk.h"

#include <fmt/format.h>

#include <istream>
#include <ostream>

#include "cli/review/conflict_view.h"
#include "cli/review/editor.h"
#include "entries/markdown/lines.h"
#include "schema/base/utf8.h"

namespace stubkeeper::cli {
namespace {

constexpr const char* keys =
    "d keep what is on disk · t keep what is in the store · e edit both · s skip · q quit";

// A letter from the person; 'q' at the end of input.
char letter(Environment& environment) {
  environment.out << keys << "\n> " << std::flush;
  std::string line;
  if (!environment.keep_going() || !std::getline(environment.in, line)) return 'q';
  const std::string_view word = entries::trimmed(line);
  return word.empty() ? ' ' : word.front();
}

// Whether it is settled; an error that leaves it waiting is said.
Result<bool> edit(const Session& session, const OpenKnowledgeBase& kb, const kb::Conflict& conflict,
                  const kb::Reviewer& reviewer) {
  std::ostream& out = session.environment.out;
  STUBKEEPER_ASSIGN(const std::string start, text_to_settle(*kb.store, conflict));
  const auto text = edit_at_terminal(session, kb, start);
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

Result<bool> walk_conflicts(const Session& session, const OpenKnowledgeBase& kb,
                            const std::vector<kb::Conflict>& conflicts) {
  Environment& environment = session.environment;
  const kb::Reviewer reviewer{kb::AuthorKind::person, kb.reviewer};
  for (std::size_t i = 0; i < conflicts.size(); ++i) {
    const kb::Conflict& conflict = conflicts[i];
    STUBKEEPER_ASSIGN(const std::string view, conflict_view(*kb.store, conflict));
    environment.out << fmt::format("\n[conflict {}/{}]\n\n{}\n", i + 1, conflicts.size(), view);
    for (bool asked = true; asked;) {
      asked = false;
      const char key = letter(environment);
      if (key == 'q') return false;
      if (key == 's') break;
      if (key == 'e') {
        STUBKEEPER_ASSIGN(const bool settled, edit(session, kb, conflict, reviewer));
        asked = !settled;
      } else if (key == 'd' || key == 't') {
        const Status decided =
            kb::Conflicts{*kb.store}.decide(conflict.id, key == 'd' ? kb::Keep::disk : kb::Keep::store, "",
                                            reviewer, environment.clock.now());
        if (!decided.ok()) environment.out << printable(decided.error().text()) << '\n';
      } else {
        environment.out << "a letter and Enter, please; nothing was decided\n";
        asked = true;
      }
    }
  }
  return true;
}

}  // namespace stubkeeper::cli
