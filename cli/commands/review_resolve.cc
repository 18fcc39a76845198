#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>

#include "base/text/utf8.h"
#include "cli/arguments.h"
#include "cli/commands/review_commands.h"
#include "cli/terminal/external_programs.h"
#include "cli/terminal/prompt.h"
#include "kb/export/conflicts.h"
#include "kb/review/review.h"
#include "review/conflict_item.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

struct ResolveOptions {
  std::vector<std::string> ids;
  std::string keep;
  std::string file;
  bool all = false;
  std::string where;  // a folder or a file of the section
  bool yes = false;
  bool dry_run = false;
};

bool is_at(const kb::Conflict& conflict, const std::string& where) {
  const bool is_root = where.find_first_not_of('/') == std::string::npos;
  return is_root || names_file(where, conflict.file);
}

// The effect of keeping a side on one file.
std::string describe_outcome(const kb::Conflict& conflict, const std::string& keep) {
  if (conflict.is_deletion()) return keep == "disk" ? "removes the entry" : "writes the file again";
  if (conflict.base_sha256.empty()) return keep == "disk" ? "keeps the file" : "replaces the file";
  return keep == "disk" ? "keeps your words" : "keeps the store's words";
}

// The person's own text, or nothing where the editor changed nothing.
Result<std::optional<std::string>> read_resolution(const Session& session, const OpenKnowledgeBase& kb,
                                                   const ResolveOptions& options,
                                                   const kb::Conflict& conflict) {
  if (!options.file.empty()) {
    STUBKEEPER_ASSIGN(std::string text, session.environment.files.read(session.absolute_path(options.file),
                                                                       entries::max_page_bytes));
    return std::optional{std::move(text)};
  }
  STUBKEEPER_ASSIGN(const std::string start, review::text_with_conflict_markers(*kb.store, conflict));
  STUBKEEPER_ASSIGN(auto text,
                    edit_at_terminal(session, kb, start, review::first_conflict_marker_line(start)));
  if (text) text = review::ensure_final_newline(*std::move(text));
  return text;
}

Status resolve_one(const Session& session, const OpenKnowledgeBase& kb, const ResolveOptions& options,
                   const std::string& word) {
  const auto id = review::parse_conflict_id(word);
  if (!id) {
    return Error{ErrorCode::invalid_argument, "\"" + word + "\" is no conflict", "",
                 "conflicts have ids such as c1; `stubkeeper review list` shows them"};
  }
  kb::Conflicts conflicts{*kb.store};
  STUBKEEPER_ASSIGN(const auto conflict, conflicts.get(*id));
  const kb::Reviewer reviewer = kb.person();
  const Timestamp now = session.now();
  if (!options.keep.empty()) {
    STUBKEEPER_TRY(
        conflicts.decide(*id, *kb::conflict_resolution_from_name(options.keep), "", reviewer, now));
  } else {
    STUBKEEPER_ASSIGN(const auto text, read_resolution(session, kb, options, conflict));
    if (!text) return Error{ErrorCode::refused, "the text is unchanged; nothing was decided", word, ""};
    if (review::has_conflict_markers(*text)) {
      return Error{ErrorCode::refused, "the text still has the marks of a conflict", word,
                   "take out the lines that begin with <<<<<<<, ======= and >>>>>>>"};
    }
    STUBKEEPER_TRY(conflicts.decide(*id, kb::ConflictResolution::edit, *text, reviewer, now));
  }
  return {};
}

struct PreviewedConflict {
  std::string id;
  std::string file;
  std::string outcome;
};

// All waiting conflicts, or those at one place, as a person may see them before they are settled.
Result<std::vector<PreviewedConflict>> preview_conflicts(kb::Store& store, const ResolveOptions& options) {
  STUBKEEPER_ASSIGN(const auto waiting, kb::Conflicts{store}.waiting());
  std::vector<PreviewedConflict> previews;
  for (const kb::Conflict& conflict : waiting) {
    if (is_at(conflict, options.where))
      previews.push_back(
          {kb::conflict_name(conflict.id), conflict.file, describe_outcome(conflict, options.keep)});
  }
  return previews;
}

// With --json only where it is the whole answer.
void print_preview(const Session& session, const std::vector<PreviewedConflict>& previews, bool is_answer) {
  if (!session.options.json) {
    for (const PreviewedConflict& each : previews)
      session.say(fmt::format("{:<5} {}: {}", each.id, sanitize_for_terminal(each.file), each.outcome));
    return;
  }
  if (!is_answer) return;
  nlohmann::ordered_json json{{"dry_run", true}, {"conflicts", nlohmann::ordered_json::array()}};
  for (const PreviewedConflict& each : previews)
    json["conflicts"].push_back({{"id", each.id}, {"file", each.file}, {"outcome", each.outcome}});
  print_json(session, json);
}

bool confirm(const Session& session, const std::string& question) {
  Environment& environment = session.environment;
  if (!environment.in_is_terminal || !environment.out_is_terminal) return true;
  const auto keyboard = open_keyboard(environment);
  return ask_confirmation(*keyboard, environment.out, question);
}

Result<int> resolve_ids(const Session& session, const OpenKnowledgeBase& kb, const ResolveOptions& options) {
  std::vector<IdOutcome> outcomes;
  for (const std::string& word : options.ids)
    outcomes.push_back(
        {"settled", word, sanitize_for_terminal(word), resolve_one(session, kb, options, word)});
  STUBKEEPER_ASSIGN(const int exit_code, report_outcomes(session, "settled", {"settled"}, outcomes));
  const auto resolved = std::find_if(outcomes.begin(), outcomes.end(),
                                     [](const IdOutcome& outcome) { return outcome.status.ok(); });
  if (!session.options.json && resolved != outcomes.end())
    session.say("next     stubkeeper export\nundo     stubkeeper review undo " + resolved->name);
  return exit_code;
}

Result<int> resolve(const Session& session, ResolveOptions options) {
  const bool one_way = options.all == options.ids.empty() && (!options.all || !options.keep.empty());
  if (!one_way) {
    return Error{ErrorCode::invalid_argument, "name conflicts, or give --all with --keep disk or store", "",
                 "`stubkeeper review list` shows those that wait"};
  }
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  if (options.all) {
    STUBKEEPER_ASSIGN(const auto previews, preview_conflicts(*kb.store, options));
    print_preview(session, previews, options.dry_run);
    for (const PreviewedConflict& each : previews) options.ids.push_back(each.id);
    if (options.dry_run) return done;
    if (previews.empty() && !session.options.json) {
      session.say("no conflict waits there");
      return done;
    }
    const std::string question =
        fmt::format("settle {} {}?", previews.size(), previews.size() == 1 ? "conflict" : "conflicts");
    if (!options.yes && !session.options.json && !confirm(session, question)) return done;
  }
  return resolve_ids(session, kb, options);
}

struct UndoOptions {
  std::vector<std::string> ids;
  std::string reason;
  bool dry_run = false;
};

Status undo_one(const Session& session, const OpenKnowledgeBase& kb, const UndoOptions& options,
                const std::string& word) {
  const kb::Reviewer reviewer = kb.person();
  Environment& environment = session.environment;
  if (const auto conflict = review::parse_conflict_id(word)) {
    return kb::Conflicts{*kb.store}.undo(environment.files, *conflict, reviewer, options.reason,
                                         environment.clock.now());
  }
  STUBKEEPER_ASSIGN(const kb::Id change, change_id_argument(word));
  return kb::Review{*kb.store, environment.clock}.undo(change, reviewer, options.reason);
}

// A conflict is its name; a change its number.
nlohmann::ordered_json id_json(const std::string& word) {
  const auto change = review::parse_change_id(word);
  return change ? nlohmann::ordered_json(*change) : nlohmann::ordered_json(word);
}

Result<int> undo(const Session& session, const UndoOptions& options) {
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
    outcomes.push_back({review::parse_conflict_id(word) ? "conflicts" : "changes", id_json(word),
                        sanitize_for_terminal(word), statuses[i]});
  }
  return report_outcomes(session, options.dry_run ? "would be undone" : "undone", {"changes", "conflicts"},
                         outcomes);
}

}  // namespace

void add_review_resolve_command(CLI::App& review, Session& session) {
  auto options = std::make_shared<ResolveOptions>();
  CLI::App* command = session.add_command(
      review, "resolve", "Settle a file edited or deleted by hand while the store got a newer text",
      R"(  stubkeeper review resolve c1                     in $EDITOR, both texts between conflict markers
  stubkeeper review resolve c1 --keep disk         your text, where both changed the page
  stubkeeper review resolve c1 c2 --keep store     the store's text there
  stubkeeper review resolve c1 --file settled.md   a whole page of your own
  stubkeeper review resolve --all --keep disk --dry-run       what that would do, file by file
  stubkeeper review resolve --all --keep disk --where pumps   those in one folder

For a deleted file, disk removes the entry and store writes the file again. The next export writes the result.)");
  command->add_option("id", options->ids, "Ids, as `review list` shows them")->type_name("ID");
  CLI::Option* keep = command->add_option("--keep", options->keep, "Whose text to keep: disk or store")
                          ->type_name("SIDE")
                          ->check(CLI::IsMember({"disk", "store"}));
  command->add_option("--file", options->file, "A file with the settled page")
      ->type_name("FILE")
      ->excludes(keep);
  CLI::Option* all = command->add_flag("--all", options->all, "All conflicts that wait");
  command->add_option("--where", options->where, "With --all: only those below a folder, or of one file")
      ->type_name("PATH")
      ->needs(all);
  command->add_flag("--yes", options->yes, "With --all: do not ask")->needs(all);
  command->add_flag("--dry-run", options->dry_run, "With --all: show what would be settled, and stop")
      ->needs(all);
  session.on_command(command, options, resolve);
}

void add_review_undo_command(CLI::App& review, Session& session) {
  auto options = std::make_shared<UndoOptions>();
  CLI::App* command = session.add_command(
      review, "undo", "Undo the last decision on changes and conflicts, as a new revision",
      R"(  stubkeeper review undo 12
  stubkeeper review undo c1         a settled conflict: it waits again with its three texts

Exported files are not changed back: the store keeps your text of a conflict, and the file stays as it is until you
decide again.)");
  command->add_option("id", options->ids, "Ids of changes or conflicts")->required()->type_name("ID");
  command->add_option("--reason", options->reason, "Reason, for the history")->type_name("TEXT");
  command->add_flag("--dry-run", options->dry_run, "Show what would be undone, in this order, and stop");
  session.on_command(command, options, undo);
}

}  // namespace stubkeeper::cli
