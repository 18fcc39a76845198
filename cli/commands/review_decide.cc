#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <ostream>

#include "base/text/utf8.h"
#include "cli/arguments.h"
#include "cli/commands/review_commands.h"
#include "cli/terminal/external_programs.h"
#include "cli/terminal/item_view.h"
#include "cli/terminal/prompt.h"
#include "entries/markdown/lines.h"
#include "kb/review/review.h"
#include "kb/review/review_queue.h"
#include "review/change_kinds.h"
#include "review/edited_text.h"
#include "review/item.h"
#include "review/labels.h"
#include "review/move.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  std::vector<kb::Id> ids;
  bool all_unflagged = false;
  bool yes = false;
  bool dry_run = false;
  SharedFilter filter;
  std::string reason;
  std::string seen;
  std::string text;
  std::string file;
  std::string part;
};

Result<int> report(const Session& session, const std::vector<kb::Id>& ids,
                   const std::vector<Status>& statuses, const std::string& word) {
  std::vector<IdOutcome> outcomes;
  for (std::size_t i = 0; i < ids.size(); ++i)
    outcomes.push_back({"changes", ids[i], "change " + std::to_string(ids[i]), statuses[i]});
  return report_outcomes(session, word, {"changes"}, outcomes);
}

// Reports the decisions once, also if upkeep fails; then prints why, and gives partially_done.
Result<int> report_after_upkeep(const Session& session, const OpenKnowledgeBase& kb,
                                const std::vector<kb::Id>& ids, const std::vector<Status>& statuses,
                                const std::string& word) {
  const Status upkeep = run_upkeep(session, kb);
  STUBKEEPER_ASSIGN(const int exit_code, report(session, ids, statuses, word));
  if (upkeep.ok()) return exit_code;
  session.environment.err << "upkeep: " << sanitize_for_terminal(upkeep.error().text()) << '\n';
  return exit_code == done ? int{partially_done} : exit_code;
}

template <typename Decide>
Result<int> decide_each(const Session& session, const std::vector<kb::Id>& ids, const std::string& word,
                        Decide decide) {
  std::vector<Status> outcomes;
  for (const kb::Id id : ids) outcomes.push_back(decide(id));
  return report(session, ids, outcomes, word);
}

Status check_waiting(kb::Store& store, kb::Id id, const std::string& seen) {
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{store}.get(id));
  if (change.state != kb::ChangeState::waiting)
    return Error{ErrorCode::conflict, std::string{"is "} + kb::change_state_name(change.state) + " already",
                 "", ""};
  if (!seen.empty() && seen != kb::seen_hash(change))
    return Error{ErrorCode::conflict, "is not what was seen any more", "", ""};
  return {};
}

Status check_seen_has_one_id(const Options& options, const std::vector<kb::Id>& ids) {
  if (options.seen.empty() || ids.size() == 1) return {};
  return Error{ErrorCode::invalid_argument, "--seen goes with one id", "",
               "decide on the changes one by one"};
}

// --yes is for scripts that do not look: it never covers a flagged change, also where its id is
// given.
Status check_unflagged(kb::Store& store, const std::vector<kb::Id>& ids) {
  for (const kb::Id id : ids) {
    STUBKEEPER_ASSIGN(const auto change, kb::Proposals{store}.get(id));
    if (!kb::is_flagged(change)) continue;
    return Error{
        ErrorCode::refused, "change " + std::to_string(id) + " is flagged, and --yes never covers that", "",
        "look at it with `stubkeeper review show " + std::to_string(id) + "` and approve it by its id"};
  }
  return {};
}

Error which_changes_error(const std::string& advice) {
  return {ErrorCode::invalid_argument, "which changes?", "", advice};
}

// The waiting changes that a filter lets pass.
Result<std::vector<kb::Id>> filtered_ids(const Session& session, kb::Store& store,
                                         const ChangeFilterOptions& options) {
  STUBKEEPER_ASSIGN(const auto filter, make_change_filter(session, store, options));
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(store, filter));
  std::vector<kb::Id> ids;
  for (const kb::QueuedChange& change : queue) ids.push_back(change.id);
  return ids;
}

Status check_ids_without_filter(const Options& options) {
  if (options.ids.empty() || !options.filter->is_narrowing()) return {};
  return Error{ErrorCode::invalid_argument, "ids and filters do not go together", "",
               "give ids, or filters such as --entry"};
}

Result<std::vector<kb::Id>> ids_to_approve(const Session& session, kb::Store& store, const Options& options) {
  STUBKEEPER_TRY(check_ids_without_filter(options));
  if (!options.ids.empty()) {
    if (options.all_unflagged)
      return Error{ErrorCode::invalid_argument, "ids and --all-unflagged do not go together", "", ""};
    if (options.yes) STUBKEEPER_TRY(check_unflagged(store, options.ids));
    return options.ids;
  }
  if (!options.all_unflagged && !options.yes) return which_changes_error("give ids, or --all-unflagged");
  ChangeFilterOptions unflagged = *options.filter;
  if (unflagged.flagged || !unflagged.flag.empty()) {
    return Error{ErrorCode::invalid_argument, "flagged changes are approved by their ids", "",
                 "`stubkeeper review list --flagged` shows them"};
  }
  unflagged.unflagged = true;
  return filtered_ids(session, store, unflagged);
}

Result<std::vector<kb::Id>> ids_to_reject(const Session& session, kb::Store& store, const Options& options) {
  STUBKEEPER_TRY(check_ids_without_filter(options));
  if (!options.ids.empty()) return options.ids;
  if (!options.filter->is_narrowing()) return which_changes_error("give ids, or filters such as --entry");
  return filtered_ids(session, store, *options.filter);
}

// Says how many changes of each kind are decided together, and asks where a person is at a
// terminal. False where the answer is no.
Result<bool> confirm_many(const Session& session, kb::Store& store, const Options& options,
                          const std::vector<kb::Id>& ids, const std::string& verb) {
  if (ids.size() < 2) return true;
  std::vector<std::string> kinds;
  for (const kb::Id id : ids) {
    const auto change = kb::Proposals{store}.get(id);
    if (change.ok()) kinds.push_back(change->kind);
  }
  session.note(sanitize_for_terminal(review::count_by_kind(kinds)));
  Environment& environment = session.environment;
  const bool asks = environment.in_is_terminal && environment.err_is_terminal && !options.yes &&
                    !options.dry_run && !session.options.json;
  if (!asks) return true;
  const auto keyboard = open_keyboard(environment);
  const bool agreed = ask_confirmation(*keyboard, environment.err, verb + " them?");
  if (!agreed) session.say("nothing was decided");
  return agreed;
}

Result<int> approve(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto ids, ids_to_approve(session, *kb.store, options));
  STUBKEEPER_TRY(check_seen_has_one_id(options, ids));
  STUBKEEPER_ASSIGN(const bool agreed, confirm_many(session, *kb.store, options, ids, "approve"));
  if (!agreed) return done;
  if (options.dry_run) {
    return decide_each(session, ids, "would be approved",
                       [&](kb::Id id) { return check_waiting(*kb.store, id, options.seen); });
  }
  kb::Review review{*kb.store, session.environment.clock};
  const kb::Reviewer reviewer = kb.person();
  std::vector<Status> outcomes;
  if (ids.size() == 1) {
    const auto revision = review.approve(ids.front(), reviewer, options.reason, options.seen);
    outcomes.push_back(revision.ok() ? Status{} : Status{revision.error()});
  } else {
    STUBKEEPER_ASSIGN(outcomes, review.approve_all(ids, reviewer, options.reason));
  }
  return report_after_upkeep(session, kb, ids, outcomes, "approved");
}

Result<int> reject(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto ids, ids_to_reject(session, *kb.store, options));
  STUBKEEPER_TRY(check_seen_has_one_id(options, ids));
  STUBKEEPER_ASSIGN(const bool agreed, confirm_many(session, *kb.store, options, ids, "reject"));
  if (!agreed) return done;
  if (options.dry_run) {
    return decide_each(session, ids, "would be rejected",
                       [&](kb::Id id) { return check_waiting(*kb.store, id, options.seen); });
  }
  kb::Review review{*kb.store, session.environment.clock};
  return decide_each(session, ids, "rejected",
                     [&](kb::Id id) { return review.reject(id, kb.person(), options.reason, options.seen); });
}

Result<std::optional<std::string>> edited_text(const Session& session, const OpenKnowledgeBase& kb,
                                               const Options& options) {
  if (!options.text.empty()) return std::optional<std::string>{options.text};
  if (!options.file.empty()) {
    STUBKEEPER_ASSIGN(const std::string text,
                      session.environment.files.read(session.absolute_path(options.file), 1'000'000));
    return std::optional<std::string>{std::string{entries::trim(text)}};
  }
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{*kb.store}.get(options.ids.front()));
  STUBKEEPER_ASSIGN(const std::string proposed, review::text_to_edit(change));
  // A change that is moved keeps its text, unless another one is given.
  if (!options.part.empty()) return std::optional{proposed};
  return edit_at_terminal(session, kb, proposed);
}

// A person's version with the flags against it, which are printed; of a moved one also where it
// goes.
Result<review::MovePreview> verify_edit(const Session& session, kb::Store& store, const kb::Change& change,
                                        const kb::ReviewerEdit& reviewer_edit) {
  const Timestamp now = session.now();
  review::MovePreview version{reviewer_edit, {}, {}, {}};
  if (reviewer_edit.moved_to.empty()) {
    STUBKEEPER_ASSIGN(version.flags, review::verify_edited_text(store, change, reviewer_edit, now));
  } else {
    STUBKEEPER_ASSIGN(version, review::preview_move(store, change, reviewer_edit, now));
    session.note(fmt::format("under \"{}\":", sanitize_for_terminal(version.reviewer_edit.moved_to)));
    const ViewOptions view{session.environment.columns, false};
    for (const std::string& line :
         difference_lines_in_context(version.difference, version.context_lines, view))
      session.note(line);
  }
  for (const kb::Flag& flag : version.flags) {
    session.note(fmt::format("flag {}: {}\n  {}", flag.name, sanitize_for_terminal(flag.detail),
                             review::flag_meaning(flag.name)));
  }
  return version;
}

Result<int> edit(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto text, edited_text(session, kb, options));
  if (!text) {
    session.say("unchanged; nothing was decided");
    return done;
  }
  const kb::Id id = options.ids.front();
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{*kb.store}.get(id));
  STUBKEEPER_ASSIGN(const auto version, verify_edit(session, *kb.store, change, {*text, options.part}));
  const std::string how =
      options.part.empty() ? "as edited" : fmt::format("under \"{}\"", version.reviewer_edit.moved_to);
  if (options.dry_run) {
    return decide_each(session, options.ids, "would be approved " + how,
                       [&](kb::Id each) { return check_waiting(*kb.store, each, options.seen); });
  }
  const auto revision = kb::Review{*kb.store, session.environment.clock}.approve_edited(
      id, kb.person(), version.reviewer_edit, options.reason, options.seen, version.flags);
  const Status decided = revision.ok() ? Status{} : Status{revision.error()};
  return report_after_upkeep(session, kb, options.ids, {decided}, "approved " + how);
}

// The options that approve, reject and edit share.
CLI::Option* add_decision_options(CLI::App& command, Options& options, const char* reason,
                                  const char* dry_run) {
  command.add_option("--reason", options.reason, reason)->type_name("TEXT");
  command.add_option("--seen", options.seen, "Hash of what you saw; refused if the change is different now")
      ->type_name("HASH");
  command.add_flag("--dry-run", options.dry_run, dry_run);
  return command.add_option("id", options.ids, "Ids, as `review list` shows them")
      ->type_name("ID")
      ->check(validate_id);
}

}  // namespace

void add_review_approve_command(CLI::App& review, Session& session, const SharedFilter& filter) {
  auto options = std::make_shared<Options>();
  options->filter = filter;
  CLI::App* command = session.add_command(review, "approve", "Approve changes: they go into their entries",
                                          R"(  stubkeeper review approve 12 13
  stubkeeper review approve 12 --seen HASH     only if it is still what `show --json` printed
  stubkeeper review approve --all-unflagged --entry datacenters
  stubkeeper review approve --all-unflagged --kind rechecked

Flagged changes are approved by their ids, and without --yes. Of several changes, how many there are of each kind is
said first, and asked at a terminal.)");
  add_filter_options(*command, *filter);
  add_decision_options(*command, *options, "Reason, for the history",
                       "Show what would be approved, and stop");
  command->add_flag("--all-unflagged", options->all_unflagged, "All waiting changes without a flag");
  command->add_flag("--yes", options->yes,
                    "Without a question; without ids the same as --all-unflagged; a flagged id is refused");
  session.on_command(command, options, approve);
}

void add_review_reject_command(CLI::App& review, Session& session, const SharedFilter& filter) {
  auto options = std::make_shared<Options>();
  options->filter = filter;
  CLI::App* command = session.add_command(review, "reject", "Reject changes; they are not proposed again",
                                          R"(  stubkeeper review reject 14 --reason "old news"
  stubkeeper review reject --story 14 --reason "advertising"      all that tell what change 14 tells)");
  add_filter_options(*command, *filter);
  command->add_flag("--yes", options->yes, "Without a question");
  add_decision_options(*command, *options, "Reason; the drafter gets it",
                       "Show what would be rejected, and stop");
  session.on_command(command, options, reject);
}

void add_review_edit_command(CLI::App& review, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(review, "edit", "Approve a change with your own text instead",
                                          R"(  stubkeeper review edit 12                      in $EDITOR
  stubkeeper review edit 12 --text "Opened a second plant."
  stubkeeper review edit 12 --part "Notable Developments"    moved there, with its own text

The text is verified as a drafted one is. The flags against it are printed, and kept.)");
  add_decision_options(*command, *options, "Reason, for the history",
                       "Show the flags against the text, and stop")
      ->required()
      ->expected(1);
  CLI::Option* text = command->add_option("--text", options->text, "The text")->type_name("TEXT");
  command->add_option("--file", options->file, "A file with the text")->type_name("FILE")->excludes(text);
  command->add_option("--part", options->part, "Move it to this part of the entry, by heading")
      ->type_name("PART");
  session.on_command(command, options, edit);
}

}  // namespace stubkeeper::cli
