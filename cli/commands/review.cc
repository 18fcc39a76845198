#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <ostream>

#include "base/text/utf8.h"
#include "cli/commands/commands.h"
#include "cli/commands/review_commands.h"
#include "cli/terminal/prompt.h"
#include "cli/terminal/walk.h"
#include "kb/review/review_queue.h"

namespace stubkeeper::cli {
namespace {

Result<int> review(const Session& session, const ChangeFilterOptions& options) {
  if (!session.environment.in_is_terminal || !session.environment.out_is_terminal || session.options.json) {
    return Error{ErrorCode::invalid_argument, "the walk through waiting changes needs a terminal", "",
                 "for scripts: `stubkeeper review list`, `show ID`, `approve ID`, `reject ID --reason TEXT`, "
                 "`edit ID --text TEXT`"};
  }
  STUBKEEPER_ASSIGN(auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto filter, make_change_filter(session, *kb.store, options));
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(*kb.store, filter));
  STUBKEEPER_ASSIGN(const auto conflicts, select_conflicts(*kb.store, options));
  if (queue.empty() && conflicts.empty()) {
    session.say("nothing waits for review");
    return done;
  }
  Environment& environment = session.environment;
  const auto keyboard = open_keyboard(environment);
  ReviewSession review_session{session, kb, *keyboard};
  STUBKEEPER_ASSIGN(const bool continues, walk_conflicts(session, kb, *keyboard, conflicts, review_session));
  if (!continues) return done;
  STUBKEEPER_ASSIGN(const int exit_code, walk_changes(session, kb, *keyboard, filter, review_session));
  STUBKEEPER_TRY(run_upkeep(session, kb));
  return exit_code;
}

}  // namespace

Result<int> report_outcomes(const Session& session, const std::string& word,
                            const std::vector<std::string>& lists, const std::vector<IdOutcome>& outcomes) {
  nlohmann::ordered_json answer{{"outcome", word}};
  for (const std::string& list : lists) answer[list] = nlohmann::ordered_json::array();
  answer["failed"] = nlohmann::ordered_json::array();
  for (const IdOutcome& outcome : outcomes) {
    if (outcome.status.ok()) {
      answer[outcome.list].push_back(outcome.id);
      continue;
    }
    const Error& error = outcome.status.error();
    if (outcomes.size() == 1 && !session.options.json) return error;
    answer["failed"].push_back(
        {{"id", outcome.id}, {"code", error_code_name(error.code)}, {"message", error.text()}});
    session.environment.err << fmt::format("{}: {}\n", outcome.name, sanitize_for_terminal(error.text()));
  }
  const std::size_t failed = answer["failed"].size();
  const std::size_t succeeded = outcomes.size() - failed;
  if (session.options.json) {
    print_json(session, answer);
  } else {
    session.say(fmt::format("{} {}", succeeded, word));
  }
  if (failed == 0) return done;
  return succeeded == 0 ? failed_or_found : partially_done;
}

void add_review_command(CLI::App& program, Session& session) {
  const auto filter = std::make_shared<ChangeFilterOptions>();
  CLI::App* command = session.add_command(
      program, "review", "Approve, edit or reject waiting changes",
      R"(  stubkeeper review                            all waiting changes, one by one, at a terminal
  stubkeeper review --entry datacenters        of one entry or section
  stubkeeper review list --flag number-not-in-quote
  stubkeeper review show 12
  stubkeeper review approve 12 13
  stubkeeper review approve --all-unflagged --entry datacenters/cooling/corintis
  stubkeeper review --kind rechecked approve --all-unflagged       filters before a command hold for it, too
  stubkeeper review reject 14 --reason "old news"
  stubkeeper review resolve c1 --keep disk     a file edited by hand while the store got a newer text)");
  add_filter_options(*command, *filter);
  command->require_subcommand(0, 1);
  for (const auto add : {add_review_list_command, add_review_show_command, add_review_approve_command,
                         add_review_reject_command})
    add(*command, session, filter);
  for (const auto add :
       {add_review_edit_command, add_review_undo_command, add_review_split_command, add_review_never_command,
        add_review_refusals_command, add_review_lift_command, add_review_resolve_command})
    add(*command, session);
  // Called after the callback of the command that was chosen.
  command->callback([&session, filter, command] {
    if (command->get_subcommands().empty()) {
      session.chosen = [&session, filter] { return review(session, *filter); };
    } else if (const Status heard = check_filters_are_heard(*command); !heard.ok()) {
      session.chosen = [error = heard.error()]() -> Result<int> { return error; };
    }
  });
}

}  // namespace stubkeeper::cli
