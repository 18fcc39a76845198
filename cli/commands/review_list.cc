#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>

#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "cli/commands/review_commands.h"
#include "cli/exit_code.h"
#include "cli/json_output.h"
#include "cli/terminal/change_view.h"
#include "cli/terminal/conflict_view.h"
#include "cli/terminal/item_view.h"
#include "kb/entries/entry_store.h"
#include "review/json.h"

namespace stubkeeper::cli {
namespace {

// What goes into a file or a pipe is broken into lines late.
constexpr int redirected_output_columns = 200;

struct ListOptions {
  ChangeFilterOptions filter;
  std::string state = "waiting";
  bool exit_code = false;
};

// So wide that the kinds and texts stand below each other; a path longer than others by far is let stick out.
std::size_t path_column_width(const std::vector<kb::QueuedChange>& changes) {
  constexpr std::size_t max_width = 44;
  std::size_t widest = 0;
  for (const kb::QueuedChange& change : changes)
    widest = std::max(widest, std::min(change.entry_path.size(), max_width));
  return widest;
}

Result<bool> list_as_json(const Session& session, kb::Store& store, const kb::ChangeFilter& filter,
                          const std::vector<kb::Conflict>& conflicts) {
  STUBKEEPER_ASSIGN(const auto changes, kb::Proposals{store}.list(filter));
  ChangeJson change_json{store};
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const kb::Change& change : changes) {
    STUBKEEPER_ASSIGN(auto item, change_json.serialize(change));
    json.push_back(std::move(item));
  }
  nlohmann::ordered_json conflicts_found = nlohmann::ordered_json::array();
  for (const kb::Conflict& conflict : conflicts) {
    STUBKEEPER_ASSIGN(auto item, conflict_json(store, conflict));
    conflicts_found.push_back(std::move(item));
  }
  const bool any = !json.empty() || !conflicts_found.empty();
  print_json(session, {{"conflicts", std::move(conflicts_found)}, {"changes", std::move(json)}});
  return any;
}

Result<bool> list_as_lines(const Session& session, kb::Store& store, const kb::ChangeFilter& filter,
                           const std::vector<kb::Conflict>& conflicts) {
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(store, filter));
  const std::size_t path_width = path_column_width(queue);
  for (const kb::Conflict& conflict : conflicts) {
    STUBKEEPER_ASSIGN(const std::string line, format_conflict_line(store, conflict, path_width));
    session.environment.out << line << '\n';
  }
  const int columns = session.environment.out_is_terminal ? session.environment.columns : redirected_output_columns;
  for (const kb::QueuedChange& change : queue)
    session.environment.out << format_change_line(change, columns, path_width) << '\n';
  return !queue.empty() || !conflicts.empty();
}

Result<int> list(const Session& session, const ListOptions& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(auto filter, make_change_filter(session, *kb.store, options.filter));
  filter.state = options.state == "all" ? std::nullopt : kb::change_state_from_name(options.state);
  std::vector<kb::Conflict> conflicts;
  if (options.state == "waiting" || options.state == "all") {
    STUBKEEPER_ASSIGN(conflicts, select_conflicts(*kb.store, options.filter));
  }
  const auto print = session.options.json ? list_as_json : list_as_lines;
  STUBKEEPER_ASSIGN(const bool any, print(session, *kb.store, filter, conflicts));
  if (!any && !session.options.json)
    session.note(options.state == "waiting" ? "nothing waits for review" : "there is none");
  return options.exit_code && any ? failed_or_found : done;
}

Result<int> show(const Session& session, const std::vector<std::string>& ids) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  nlohmann::ordered_json conflicts = nlohmann::ordered_json::array();
  bool first = true;
  for (const std::string& word : ids) {
    if (const auto id = parse_conflict_id(word)) {
      STUBKEEPER_ASSIGN(const auto conflict, kb::Conflicts{*kb.store}.get(*id));
      if (session.options.json) {
        STUBKEEPER_ASSIGN(auto item, conflict_json(*kb.store, conflict));
        conflicts.push_back(std::move(item));
      } else {
        STUBKEEPER_ASSIGN(const std::string view, conflict_view(*kb.store, conflict));
        session.environment.out << (first ? "" : "\n") << view;
      }
      first = false;
      continue;
    }
    STUBKEEPER_ASSIGN(const auto id, parse_change_id(word));
    STUBKEEPER_ASSIGN(const auto item, review::review_item(*kb.store, id, session.environment.clock.now()));
    if (session.options.json) {
      json.push_back(review::item_json(item));
      continue;
    }
    const Environment& environment = session.environment;
    const int columns = environment.out_is_terminal ? environment.columns : redirected_output_columns;
    environment.out << fmt::format("{}{} · {}\n", first ? "" : "\n", sanitize_for_terminal(item.entry_path),
                                   sanitize_for_terminal(item.place()));
    for (const std::string& line : item_lines(item, {columns, environment.colour(), true}))
      environment.out << line << '\n';
    first = false;
  }
  if (session.options.json) print_json(session, {{"conflicts", conflicts}, {"changes", json}});
  return done;
}

}  // namespace

Result<kb::Id> parse_change_id(const std::string& word) {
  if (const auto id = parse_number<kb::Id>(word)) return *id;
  return Error{ErrorCode::invalid_argument, "\"" + word + "\" is no id", "",
               "changes have ids such as 12, conflicts such as c1; `stubkeeper review list` shows them"};
}

void add_review_list_command(CLI::App& review, Session& session) {
  auto options = std::make_shared<ListOptions>();
  CLI::App* command = session.add_command(
      review, "list", "One line a change: its id, ! where it is flagged, entry, kind, text",
      "  stubkeeper review list\n"
      "  stubkeeper review list --entry datacenters --json\n"
      "  stubkeeper review list --state rejected\n"
      "  stubkeeper review list --quiet --exit-code || echo something waits");
  add_filter_options(*command, options->filter);
  command->add_option("--state", options->state, "waiting, approved, rejected, outdated, superseded or all")
      ->type_name("STATE")
      ->check(CLI::IsMember({"waiting", "approved", "rejected", "outdated", "superseded", "all"}))
      ->capture_default_str();
  command->add_flag("--exit-code", options->exit_code, "Exit with 1 where there is any");
  command->callback(
      [&session, options] { session.chosen = [&session, options] { return list(session, *options); }; });
}

void add_review_show_command(CLI::App& review, Session& session) {
  auto ids = std::make_shared<std::vector<std::string>>();
  CLI::App* command =
      session.add_command(review, "show", "A change with its difference, quotes, sources, dates and flags",
                          "  stubkeeper review show 12\n"
                          "  stubkeeper review show c1         a conflict with its three texts");
  command->add_option("id", *ids, "Ids, as `review list` shows them")->required()->type_name("ID");
  command->callback([&session, ids] { session.chosen = [&session, ids] { return show(session, *ids); }; });
}

}  // namespace stubkeeper::cli
