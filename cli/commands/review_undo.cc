#include <CLI/CLI.hpp>

#include "cli/commands/review_commands.h"
#include "cli/commands/review_outcomes.h"
#include "cli/review/conflict_view.h"
#include "kb/conflicts.h"
#include "kb/review.h"
#include "schema/base/utf8.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  std::vector<std::string> ids;
  std::string reason;
};

Status undo_one(const Session& session, const OpenKnowledgeBase& kb, const Options& options,
                const std::string& word) {
  const kb::Reviewer reviewer{kb::AuthorKind::person, kb.reviewer};
  Environment& environment = session.environment;
  if (const auto conflict = conflict_id(word)) {
    return kb::Conflicts{*kb.store}.undo(environment.files, *conflict, reviewer, options.reason,
                                         environment.clock.now());
  }
  STUBKEEPER_ASSIGN(const kb::Id change, change_id(word));
  return kb::Review{*kb.store, environment.clock}.undo(change, reviewer, options.reason);
}

// Conflicts keep their "c", as everywhere; changes are numbers.
nlohmann::ordered_json id_json(const std::string& word) {
  const auto change = change_id(word);
  return change.ok() ? nlohmann::ordered_json(*change) : nlohmann::ordered_json(word);
}

Result<int> undo(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  std::vector<IdOutcome> outcomes;
  for (const std::string& word : options.ids) {
    outcomes.push_back({conflict_id(word) ? "conflicts" : "changes", id_json(word), printable(word),
                        undo_one(session, kb, options, word)});
  }
  return tell_outcomes(session, "undone", {"changes", "conflicts"}, outcomes);
}

}  // namespace

void add_review_undo_command(CLI::App& review, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(
      review, "undo", "Take back the last decision on changes and conflicts, by a new revision",
      "  stubkeeper review undo 12\n"
      "  stubkeeper review undo c1         a conflict that was settled: it waits again with its three "
      "texts\n\n"
      "What an export has written is not written back: a conflict keeps what you wrote in the store, and the "
      "file stays as it is until you decide again.");
  command->add_option("id", options->ids, "Ids, of changes or conflicts")->required()->type_name("ID");
  command->add_option("--reason", options->reason, "A word for the history")->type_name("TEXT");
  command->callback(
      [&session, options] { session.chosen = [&session, options] { return undo(session, *options); }; });
}

}  // namespace stubkeeper::cli
