// The filters of the review: which changes a command is about.

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/text/nearest_name.h"
#include "base/text/strings.h"
#include "cli/arguments.h"
#include "cli/commands/review_commands.h"
#include "entries/entry_path.h"
#include "kb/entries/entry_store.h"
#include "kb/sources/near_duplicates.h"
#include "llm/flags.h"
#include "review/change_kinds.h"

namespace stubkeeper::cli {
namespace {

constexpr const char* filter_group = "Filters";

Status check_flag_name(const std::string& name) {
  std::vector<std::string> names;
  for (const llm::FlagKind& kind : llm::flag_kinds()) names.emplace_back(kind.name);
  if (contains(names, name)) return {};
  const auto nearest = nearest_name(name, names);
  return Error{ErrorCode::invalid_argument, "there is no flag \"" + name + "\"", "",
               nearest ? "did you mean \"" + *nearest + "\"?" : "the flags are: " + join(names, ", ")};
}

// The snapshots that a change quotes, and near-copies of them. invalid_argument where it quotes
// nothing.
Result<std::vector<kb::Id>> snapshots_of_story(kb::Store& store, kb::Id change_id) {
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{store}.get(change_id));
  std::vector<kb::Id> snapshots;
  for (const kb::Citation& citation : change.citations) {
    add_once(snapshots, citation.snapshot_id);
    STUBKEEPER_ASSIGN(const auto copies,
                      kb::NearDuplicates{store}.find_near_duplicates(citation.snapshot_id));
    for (const kb::Id copy : copies) add_once(snapshots, copy);
  }
  if (!snapshots.empty()) return snapshots;
  return Error{ErrorCode::invalid_argument, "change " + std::to_string(change_id) + " quotes nothing", "",
               "--story takes a change that quotes the story"};
}

}  // namespace

void add_filter_options(CLI::App& command, ChangeFilterOptions& options) {
  const auto add = [&](const char* name, auto& value, const char* type, const char* help) {
    command.add_option(name, value, help)->type_name(type)->group(filter_group);
  };
  add("--entry", options.entry, "PATH", "Only this entry, or everything below this section");
  add("--flag", options.flag, "NAME", "Only changes with this flag");
  add("--kind", options.kind, "KIND", "Only changes of this kind, such as \"add development\"");
  add("--source", options.source, "ID|URL", "Only changes that quote this source");
  add("--story", options.story, "ID", "Only changes that quote what this change quotes, or a copy of it");
  add("--run", options.run, "ID", "Only changes of this run");
  add("--search", options.words, "WORDS", "Only changes with these words in text, path or title");
  add("--older", options.older, "AGE", "Only changes proposed at least so long ago: 36h, 7d, 2w");
  add("--younger", options.younger, "AGE", "Only changes proposed at most so long ago");
  command.add_flag("--first-look", options.first_look, "Only what a source said at its first look")
      ->group(filter_group);
  command.add_flag("--news", options.news, "Only what is new since the last look")->group(filter_group);
  command.add_flag("--flagged", options.flagged, "Only changes with a flag")->group(filter_group);
  command.add_flag("--unflagged", options.unflagged, "Only changes without a flag")->group(filter_group);
}

Status check_filters_are_heard(const CLI::App& review) {
  const auto chosen = review.get_subcommands();
  if (chosen.empty()) return {};
  const CLI::App& command = *chosen.front();
  const std::vector<const CLI::Option*> own_options = command.get_options();
  for (const CLI::Option* before : review.get_options()) {
    if (before->get_group() != filter_group || before->count() == 0) continue;
    const std::string name = before->get_name();
    // An option of the same name that is no filter, as `never` has, does not hear this one.
    const auto own = std::find_if(own_options.begin(), own_options.end(), [&](const CLI::Option* option) {
      return option->get_name() == name && option->get_group() == filter_group;
    });
    if (own == own_options.end()) {
      return Error{ErrorCode::invalid_argument, "`review " + command.get_name() + "` takes no " + name, "",
                   "`stubkeeper review list " + name + " ...` shows which changes there are"};
    }
    if ((*own)->count() > 0)
      return Error{ErrorCode::invalid_argument, name + " is given twice", "", "give it once"};
  }
  return {};
}

Result<kb::ChangeFilter> make_change_filter(const Session& session, kb::Store& store,
                                            const ChangeFilterOptions& options) {
  kb::ChangeFilter filter;
  if (!options.entry.empty()) {
    STUBKEEPER_ASSIGN(filter.path, entries::parse_entry_path(options.entry));
  }
  if (options.flagged && options.unflagged) {
    return Error{ErrorCode::invalid_argument, "--flagged and --unflagged exclude each other", "",
                 "give one of them"};
  }
  if (options.first_look && options.news) {
    return Error{ErrorCode::invalid_argument, "--first-look and --news exclude each other", "",
                 "give one of them"};
  }
  if (options.first_look || options.news) filter.first_look = options.first_look;
  if (!options.kind.empty()) STUBKEEPER_TRY(review::check_change_kind(store, options.kind));
  if (!options.flag.empty()) STUBKEEPER_TRY(check_flag_name(options.flag));
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
  if (options.story != 0) {
    STUBKEEPER_ASSIGN(filter.snapshots, snapshots_of_story(store, options.story));
  }
  return filter;
}

Result<std::vector<kb::Conflict>> select_conflicts(kb::Store& store, const ChangeFilterOptions& options) {
  if (!options.flag.empty() || !options.kind.empty() || !options.source.empty() || options.story != 0 ||
      options.run != 0 || options.first_look || options.news || !options.words.empty() ||
      !options.older.empty() || !options.younger.empty() || options.unflagged)
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

}  // namespace stubkeeper::cli
