#include <CLI/CLI.hpp>
#include <functional>

#include "base/text/utf8.h"
#include "cli/commands/review_commands.h"
#include "cli/commands/review_outcomes.h"
#include "cli/terminal/conflict_view.h"
#include "kb/export/conflicts.h"
#include "kb/review/review.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  std::vector<std::string> ids;
  std::string reason;
  bool dry_run = false;
};

Status undo_one(const Session& session, const OpenKnowledgeBase& kb, const Options& options,
                const std::string& word) {
  const kb::Reviewer reviewer{kb::AuthorKind::person, kb.reviewer};
  Environment& environment = session.environment;
  if (const auto conflict = parse_conflict_id(word)) {
    return kb::Conflicts{*kb.store}.undo(environment.files, *conflict, reviewer, options.reason,
                                         environment.clock.now());
  }
  STUBKEEPER_ASSIGN(const kb::Id change, parse_change_id(word));
  return kb::Review{*kb.store, environment.clock}.undo(change, reviewer, options.reason);
}

// Conflicts keep their "c", as everywhere; changes are numbers.
nlohmann::ordered_json id_json(const std::string& word) {
  const auto change = parse_change_id(word);
  return change.ok() ? nlohmann::ordered_json(*change) : nlohmann::ordered_json(word);
}

Result<int> undo(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  std::vector<std::function<Status()>> steps;
  for (const std::string& word : options.ids)
    steps.push_back([&] { return undo_one(session, kb, options, word); });
  std::vector<Status> statuses;
  if (options.dry_run) {
    STUBKEEPER_ASSIGN(statuses, kb.store->dry_run(steps));
  } else {
    for (const auto& step : steps) statuses.push_back(step());
  }
  std::vector<IdOutcome> outcomes;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::string& word = options.ids[i];
    outcomes.push_back(
        {parse_conflict_id(word) ? "conflicts" : "changes", id_json(word), sanitize_for_terminal(word), statuses[i]});
  }
  return report_outcomes(session, options.dry_run ? "would be undone" : "undone", {"changes", "conflicts"},
                       outcomes);
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
  command->add_flag("--dry-run", options->dry_run, "Say what would be undone, in this order, and stop");
  command->callback(
      [&session, options] { session.chosen = [&session, options] { return undo(session, *options); }; });
}

}  // namespace stubkeeper::cli
