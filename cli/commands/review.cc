#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <ostream>

#include "base/text/utf8.h"
#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/commands/review_commands.h"
#include "cli/terminal/walk.h"
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
  const auto add = [&](const char* name, auto& value, const char* type, const char* help) {
    command.add_option(name, value, help)->type_name(type);
  };
  add("--entry", options.entry, "PATH", "Only this entry, or everything below this section");
  add("--flag", options.flag, "NAME", "Only changes with this flag");
  add("--kind", options.kind, "KIND", "Only changes of this kind, such as \"add development\"");
  add("--source", options.source, "ID|URL", "Only changes that quote this source");
  add("--run", options.run, "ID", "Only changes of this run");
  add("--search", options.words, "WORDS", "Only changes with these words in text, path or title");
  add("--older", options.older, "AGE", "Only changes proposed at least so long ago: 36h, 7d, 2w");
  add("--younger", options.younger, "AGE", "Only changes proposed at most so long ago");
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
  const Timestamp now = session.now();
  if (!options.older.empty()) {
    STUBKEEPER_ASSIGN(const auto age, parse_age(options.older));
    // A change of exactly this age counts.
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
  auto options = std::make_shared<ChangeFilterOptions>();
  CLI::App* command = session.add_command(
      program, "review", "Approve, edit or reject waiting changes",
      R"(  stubkeeper review                            all waiting changes, one by one, at a terminal
  stubkeeper review --entry datacenters        of one entry or section
  stubkeeper review list --flag number-not-in-quote
  stubkeeper review show 12
  stubkeeper review approve 12 13
  stubkeeper review approve --all-unflagged --entry datacenters/cooling/corintis
  stubkeeper review reject 14 --reason "old news"
  stubkeeper review resolve c1 --keep disk     a file edited by hand while the store got a newer text)");
  add_filter_options(*command, *options);
  command->require_subcommand(0, 1);
  for (const auto add : {add_review_list_command, add_review_show_command, add_review_approve_command,
                         add_review_reject_command, add_review_edit_command, add_review_undo_command,
                         add_review_split_command, add_review_never_command, add_review_refusals_command,
                         add_review_lift_command, add_review_resolve_command})
    add(*command, session);
  command->callback([&session, options, command] {
    if (command->get_subcommands().empty())
      session.chosen = [&session, options] { return review(session, *options); };
  });
}

}  // namespace stubkeeper::cli
