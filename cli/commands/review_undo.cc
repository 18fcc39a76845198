#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/commands/review_commands.h"
#include "cli/exit_code.h"
#include "cli/json_output.h"
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
  nlohmann::ordered_json changes = nlohmann::ordered_json::array();
  nlohmann::ordered_json conflicts = nlohmann::ordered_json::array();
  nlohmann::ordered_json failed = nlohmann::ordered_json::array();
  for (const std::string& word : options.ids) {
    const Status undone = undo_one(session, kb, options, word);
    if (undone.ok()) {
      (conflict_id(word) ? conflicts : changes).push_back(id_json(word));
      continue;
    }
    const Error& error = undone.error();
    if (options.ids.size() == 1 && !session.options.json) return error;
    failed.push_back(
        {{"id", id_json(word)}, {"code", error_code_name(error.code)}, {"message", error.text()}});
    session.environment.err << printable(word) << ": " << printable(error.text()) << '\n';
  }
  const std::size_t count = changes.size() + conflicts.size();
  const bool all = failed.empty();
  if (session.options.json) {
    print_json(session, {{"outcome", "undone"},
                         {"changes", std::move(changes)},
                         {"conflicts", std::move(conflicts)},
                         {"failed", std::move(failed)}});
  } else {
    session.say(fmt::format("{} undone", count));
  }
  if (all) return done;
  return count == 0 ? failed_or_found : done_in_part;
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
