#include <CLI/CLI.hpp>
#include <charconv>

#include "cli/commands/commands.h"
#include "cli/commands/review_commands.h"
#include "cli/commands/source_commands.h"
#include "cli/exit_code.h"
#include "cli/terminal/conflict_walk.h"
#include "cli/terminal/walk.h"
#include "cli/upkeep.h"
#include "entries/entry_path.h"
#include "kb/entries/entry_store.h"
#include "kb/review/review_queue.h"

namespace stubkeeper::cli {
namespace {

// "36h", "7d" or "2w".
Result<std::chrono::milliseconds> parse_age(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit{end, static_cast<std::size_t>(text.data() + text.size() - end)};
  const int hours = unit == "h" ? 1 : unit == "d" ? 24 : unit == "w" ? 7 * 24 : 0;
  constexpr std::int64_t max_number = 1'000'000;
  if (error != std::errc{} || number < 0 || number > max_number || hours == 0) {
    return Error{ErrorCode::invalid_argument, "\"" + text + "\" is no age", "",
                 "write a whole number of hours, days or weeks: 36h, 7d, 2w"};
  }
  return std::chrono::milliseconds{std::chrono::hours{number * hours}};
}

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
  const auto keyboard = environment.open_keyboard
                            ? environment.open_keyboard()
                            : stream_keyboard(environment.in, environment.columns, environment.keep_going);
  ReviewSession review_session{session, kb, *keyboard};
  STUBKEEPER_ASSIGN(const bool continues, walk_conflicts(session, kb, *keyboard, conflicts, review_session));
  if (!continues) return done;
  STUBKEEPER_ASSIGN(const int exit_code, walk_changes(session, kb, *keyboard, filter, review_session));
  STUBKEEPER_TRY(run_upkeep(session, kb));
  return exit_code;
}

}  // namespace

void add_filter_options(CLI::App& command, ChangeFilterOptions& options) {
  command.add_option("--entry", options.entry, "Only this entry, or everything below this section")
      ->type_name("PATH");
  command.add_option("--flag", options.flag, "Only changes with this flag")->type_name("NAME");
  command.add_option("--kind", options.kind, "Only changes of this kind, such as \"add development\"")
      ->type_name("KIND");
  command.add_option("--source", options.source, "Only changes that quote this source")->type_name("ID|URL");
  command.add_option("--run", options.run, "Only changes of this run")->type_name("ID");
  command.add_option("--search", options.words, "Only changes with these words in text, path or title")
      ->type_name("WORDS");
  command.add_option("--older", options.older, "Only what was proposed at least so long ago: 36h, 7d, 2w")
      ->type_name("AGE");
  command.add_option("--younger", options.younger, "Only what was proposed at most so long ago")
      ->type_name("AGE");
  CLI::Option* flagged = command.add_flag("--flagged", options.flagged, "Only changes with a flag");
  command.add_flag("--unflagged", options.unflagged, "Only changes without a flag")->excludes(flagged);
}

Result<kb::ChangeFilter> make_change_filter(const Session& session, kb::Store& store,
                                   const ChangeFilterOptions& options) {
  kb::ChangeFilter filter;
  if (!options.entry.empty()) {
    STUBKEEPER_ASSIGN(filter.path, entries::parse_entry_path(options.entry));
  }
  filter.flag = options.flag;
  filter.kind = options.kind;
  filter.run_id = options.run;
  filter.words = options.words;
  if (options.flagged || options.unflagged) filter.flagged = options.flagged;
  const Timestamp now = session.environment.clock.now();
  if (!options.older.empty()) {
    STUBKEEPER_ASSIGN(const auto age, parse_age(options.older));
    // What is exactly so old counts.
    filter.proposed_before = now - age + std::chrono::milliseconds{1};
  }
  if (!options.younger.empty()) {
    STUBKEEPER_ASSIGN(const auto age, parse_age(options.younger));
    filter.proposed_from = now - age;
  }
  if (!options.source.empty()) {
    STUBKEEPER_ASSIGN(const auto source, find_source(store, options.source));
    filter.source_id = source.id;
  }
  return filter;
}

Result<std::vector<kb::Conflict>> select_conflicts(kb::Store& store, const ChangeFilterOptions& options) {
  if (!options.flag.empty() || !options.kind.empty() || !options.source.empty() || options.run != 0 ||
      !options.words.empty() || !options.older.empty() || !options.younger.empty() || options.unflagged)
    return std::vector<kb::Conflict>{};
  STUBKEEPER_ASSIGN(auto conflicts, kb::Conflicts{store}.waiting());
  if (options.entry.empty()) return conflicts;
  STUBKEEPER_ASSIGN(const std::string path, entries::parse_entry_path(options.entry));
  std::vector<kb::Conflict> chosen;
  for (kb::Conflict& conflict : conflicts) {
    STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(conflict.entry_id));
    if (entry.path == path || entry.path.starts_with(path + "/")) chosen.push_back(std::move(conflict));
  }
  return chosen;
}

void add_review_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<ChangeFilterOptions>();
  CLI::App* command = session.add_command(
      program, "review", "Approve, edit or reject what waits, one change at a time",
      "  stubkeeper review                            walk through all that waits, at a terminal\n"
      "  stubkeeper review --entry datacenters        of one entry or section\n"
      "  stubkeeper review list --flag number-not-in-quote\n"
      "  stubkeeper review show 12\n"
      "  stubkeeper review approve 12 13\n"
      "  stubkeeper review approve --all-unflagged --entry datacenters/cooling/corintis\n"
      "  stubkeeper review reject 14 --reason \"old news\"\n"
      "  stubkeeper review resolve c1 --keep disk     a file that was edited by hand where the store is "
      "newer too");
  add_filter_options(*command, *options);
  command->require_subcommand(0, 1);
  add_review_list_command(*command, session);
  add_review_show_command(*command, session);
  add_review_approve_command(*command, session);
  add_review_reject_command(*command, session);
  add_review_edit_command(*command, session);
  add_review_undo_command(*command, session);
  add_review_split_command(*command, session);
  add_review_never_command(*command, session);
  add_review_refusals_command(*command, session);
  add_review_lift_command(*command, session);
  add_review_resolve_command(*command, session);
  command->callback([&session, options, command] {
    if (command->get_subcommands().empty())
      session.chosen = [&session, options] { return review(session, *options); };
  });
}

}  // namespace stubkeeper::cli
