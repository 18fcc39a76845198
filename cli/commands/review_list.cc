#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <ostream>

#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "cli/commands/review_commands.h"
#include "cli/terminal/item_view.h"
#include "cli/terminal/styled_text.h"
#include "kb/entries/entry_store.h"
#include "kb/review/review_queue.h"
#include "review/conflict_item.h"
#include "review/json.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

// For a file or a pipe.
constexpr int redirected_output_columns = 200;

struct ListOptions {
  SharedFilter filter;
  std::string state = "waiting";
  bool exit_code = false;
};

// A line of the list, in columns.
struct ListLine {
  std::string id;
  bool is_flagged = false;
  std::string path;
  std::string kind;
  std::string text;
  bool is_first_look = false;
};

std::string pad(const std::string& text, int width) {
  return text + std::string(static_cast<std::size_t>(std::max(width - display_width(text), 0)), ' ');
}

// Paths have a column as wide as the widest of them, but a very long one sticks out.
void print_lines(std::ostream& out, const std::vector<ListLine>& lines, int columns) {
  constexpr int max_path_width = 44;
  int path_width = 0;
  int kind_width = 15;
  for (const ListLine& line : lines) {
    path_width = std::max(path_width, std::min(display_width(line.path), max_path_width));
    if (line.is_first_look) kind_width = std::max(kind_width, display_width(line.kind));
  }
  for (const ListLine& line : lines) {
    const std::string whole =
        sanitize_for_terminal(fmt::format("{:>5} {} {}  {}  {}", line.id, line.is_flagged ? "!" : " ",
                                          pad(line.path, path_width), pad(line.kind, kind_width), line.text));
    out << truncate_to_width(whole, std::max(columns, 40)) << '\n';
  }
}

std::string first_words(const kb::QueuedChange& change) {
  std::string text{review::skip_heading(change.excerpt)};
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

Result<bool> list_as_json(const Session& session, kb::Store& store, const kb::ChangeFilter& filter,
                          const std::vector<kb::Conflict>& conflicts) {
  STUBKEEPER_ASSIGN(const auto changes, kb::Proposals{store}.list(filter));
  STUBKEEPER_ASSIGN(const auto entries, kb::EntryStore{store}.list());
  std::map<kb::Id, std::string> paths;
  for (const kb::Entry& entry : entries) paths.emplace(entry.id, entry.path);
  review::QuoteReader quotes{store};
  nlohmann::ordered_json json{{"conflicts", nlohmann::ordered_json::array()},
                              {"changes", nlohmann::ordered_json::array()}};
  for (const kb::Change& change : changes)
    json["changes"].push_back(review::change_json(quotes, change, paths[change.entry_id]));
  for (const kb::Conflict& conflict : conflicts) {
    STUBKEEPER_ASSIGN(auto item, review::conflict_json(store, conflict));
    json["conflicts"].push_back(std::move(item));
  }
  print_json(session, json);
  return !changes.empty() || !conflicts.empty();
}

Result<bool> list_as_lines(const Session& session, kb::Store& store, const kb::ChangeFilter& filter,
                           const std::vector<kb::Conflict>& conflicts) {
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(store, filter));
  std::vector<ListLine> lines;
  for (const kb::Conflict& conflict : conflicts) {
    STUBKEEPER_ASSIGN(const auto item, review::conflict_summary(store, conflict.id));
    lines.push_back({kb::conflict_name(conflict.id), true, item.entry_path, item.kind, item.description});
  }
  for (const kb::QueuedChange& change : queue) {
    lines.push_back({std::to_string(change.id), change.flags > 0, change.entry_path,
                     review::label_kind(change.kind, change.first_look_source_id), first_words(change),
                     change.first_look_source_id != 0});
  }
  print_lines(session.environment.out, lines,
              session.environment.out_is_terminal ? session.environment.columns : redirected_output_columns);
  return !lines.empty();
}

Result<int> list(const Session& session, const ListOptions& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(auto filter, make_change_filter(session, *kb.store, *options.filter));
  filter.state = options.state == "all" ? std::nullopt : kb::change_state_from_name(options.state);
  std::vector<kb::Conflict> conflicts;
  if (options.state == "waiting" || options.state == "all") {
    STUBKEEPER_ASSIGN(conflicts, select_conflicts(*kb.store, *options.filter));
  }
  const auto print = session.options.json ? list_as_json : list_as_lines;
  STUBKEEPER_ASSIGN(const bool any, print(session, *kb.store, filter, conflicts));
  if (!any && !session.options.json)
    session.note(options.state == "waiting" ? "nothing waits for review" : "there is none");
  return options.exit_code && any ? failed_or_found : done;
}

struct ShowOptions {
  std::vector<std::string> ids;
  SharedFilter filter;
};

// The ids that were given; without any, those of the waiting changes that the filter lets pass.
Result<std::vector<std::string>> ids_to_show(const Session& session, kb::Store& store,
                                             const ShowOptions& options) {
  if (options.ids.empty() == !options.filter->is_narrowing()) {
    return Error{ErrorCode::invalid_argument,
                 options.ids.empty() ? "which changes?" : "ids and filters do not go together", "",
                 "give ids, or filters such as --entry"};
  }
  if (!options.ids.empty()) return options.ids;
  STUBKEEPER_ASSIGN(const auto filter, make_change_filter(session, store, *options.filter));
  STUBKEEPER_ASSIGN(const auto conflicts, select_conflicts(store, *options.filter));
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(store, filter));
  std::vector<std::string> ids;
  for (const kb::Conflict& conflict : conflicts) ids.push_back(kb::conflict_name(conflict.id));
  for (const kb::QueuedChange& change : queue) ids.push_back(std::to_string(change.id));
  return ids;
}

Result<int> show(const Session& session, const ShowOptions& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto ids, ids_to_show(session, *kb.store, options));
  if (ids.empty() && !session.options.json) session.note("nothing of that sort waits for review");
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  nlohmann::ordered_json conflicts = nlohmann::ordered_json::array();
  bool first = true;
  for (const std::string& word : ids) {
    if (const auto id = review::parse_conflict_id(word)) {
      STUBKEEPER_ASSIGN(const auto conflict, kb::Conflicts{*kb.store}.get(*id));
      if (session.options.json) {
        STUBKEEPER_ASSIGN(auto item, review::conflict_json(*kb.store, conflict));
        conflicts.push_back(std::move(item));
      } else {
        STUBKEEPER_ASSIGN(const std::string view, conflict_view(*kb.store, conflict));
        session.environment.out << (first ? "" : "\n") << view;
      }
      first = false;
      continue;
    }
    STUBKEEPER_ASSIGN(const auto id, change_id_argument(word));
    STUBKEEPER_ASSIGN(const auto item, review::review_item(*kb.store, id, session.now()));
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

Result<kb::Id> change_id_argument(const std::string& word) {
  if (const auto id = review::parse_change_id(word)) return *id;
  return Error{ErrorCode::invalid_argument, "\"" + word + "\" is no id", "",
               "changes have ids such as 12, conflicts such as c1; `stubkeeper review list` shows them"};
}

void add_review_list_command(CLI::App& review, Session& session, const SharedFilter& filter) {
  auto options = std::make_shared<ListOptions>();
  options->filter = filter;
  CLI::App* command = session.add_command(review, "list", "List changes: id, ! if flagged, entry, kind, text",
                                          R"(  stubkeeper review list
  stubkeeper review list --entry datacenters --json
  stubkeeper review list --state rejected
  stubkeeper review list --quiet --exit-code || echo something waits)");
  add_filter_options(*command, *filter);
  command->add_option("--state", options->state, "waiting, approved, rejected, outdated, superseded or all")
      ->type_name("STATE")
      ->check(CLI::IsMember({"waiting", "approved", "rejected", "outdated", "superseded", "all"}))
      ->capture_default_str();
  command->add_flag("--exit-code", options->exit_code, "Exit with 1 if there are any");
  session.on_command(command, options, list);
}

void add_review_show_command(CLI::App& review, Session& session, const SharedFilter& filter) {
  auto options = std::make_shared<ShowOptions>();
  options->filter = filter;
  CLI::App* command = session.add_command(
      review, "show", "Show a change with its difference, quotes, sources, dates and flags",
      R"(  stubkeeper review show 12
  stubkeeper review show c1         a conflict with its three texts
  stubkeeper review show --entry datacenters/cooling/corintis      all that waits for an entry)");
  add_filter_options(*command, *filter);
  command->add_option("id", options->ids, "Ids, as `review list` shows them")->type_name("ID");
  session.on_command(command, options, show);
}

}  // namespace stubkeeper::cli
