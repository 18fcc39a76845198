#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "base/text/utf8.h"
#include "cli/commands/review_commands.h"
#include "cli/commands/review_outcomes.h"
#include "cli/exit_code.h"
#include "cli/terminal/editor.h"
#include "cli/terminal/item_view.h"
#include "cli/upkeep.h"
#include "entries/markdown/lines.h"
#include "kb/review/review.h"
#include "kb/review/review_queue.h"
#include "review/edited_text.h"
#include "review/item.h"
#include "review/move.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  std::vector<kb::Id> ids;
  bool all_unflagged = false;
  bool yes = false;
  bool dry_run = false;
  std::string entry;
  std::string reason;
  std::string seen;
  std::string text;
  std::string file;
  std::string part;
};

Result<int> report(const Session& session, const std::vector<kb::Id>& ids, const std::vector<Status>& statuses,
                 const std::string& word) {
  std::vector<IdOutcome> outcomes;
  for (std::size_t i = 0; i < ids.size(); ++i)
    outcomes.push_back({"changes", ids[i], "change " + std::to_string(ids[i]), statuses[i]});
  return report_outcomes(session, word, {"changes"}, outcomes);
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

// --yes is for scripts that do not look: it never covers a flagged change, also where its id is given.
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

Result<std::vector<kb::Id>> ids_to_approve(const Session& session, kb::Store& store, const Options& options) {
  if (!options.ids.empty()) {
    if (options.all_unflagged)
      return Error{ErrorCode::invalid_argument, "ids and --all-unflagged do not go together", "", ""};
    if (!options.entry.empty())
      return Error{ErrorCode::invalid_argument, "--entry goes with --all-unflagged", "", ""};
    if (options.yes) STUBKEEPER_TRY(check_unflagged(store, options.ids));
    return options.ids;
  }
  if (!options.all_unflagged && !options.yes)
    return Error{ErrorCode::invalid_argument, "which changes?", "", "give ids, or --all-unflagged"};
  ChangeFilterOptions filter_options;
  filter_options.entry = options.entry;
  filter_options.unflagged = true;
  STUBKEEPER_ASSIGN(const auto filter, make_change_filter(session, store, filter_options));
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(store, filter));
  std::vector<kb::Id> ids;
  for (const kb::QueuedChange& change : queue) ids.push_back(change.id);
  return ids;
}

Result<int> approve(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto ids, ids_to_approve(session, *kb.store, options));
  STUBKEEPER_TRY(check_seen_has_one_id(options, ids));
  if (options.dry_run) {
    return decide_each(session, ids, "would be approved",
                       [&](kb::Id id) { return check_waiting(*kb.store, id, options.seen); });
  }
  kb::Review review{*kb.store, session.environment.clock};
  const kb::Reviewer reviewer{kb::AuthorKind::person, kb.reviewer};
  std::vector<Status> outcomes;
  if (ids.size() == 1) {
    const auto revision = review.approve(ids.front(), reviewer, options.reason, options.seen);
    outcomes.push_back(revision.ok() ? Status{} : Status{revision.error()});
  } else {
    STUBKEEPER_ASSIGN(outcomes, review.approve_all(ids, reviewer, options.reason));
  }
  const Result<int> exit_code = report(session, ids, outcomes, "approved");
  STUBKEEPER_TRY(run_upkeep(session, kb));
  return exit_code;
}

Result<int> reject(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_TRY(check_seen_has_one_id(options, options.ids));
  if (options.dry_run) {
    return decide_each(session, options.ids, "would be rejected",
                       [&](kb::Id id) { return check_waiting(*kb.store, id, options.seen); });
  }
  kb::Review review{*kb.store, session.environment.clock};
  return decide_each(session, options.ids, "rejected", [&](kb::Id id) {
    return review.reject(id, {kb::AuthorKind::person, kb.reviewer}, options.reason, options.seen);
  });
}

Result<std::optional<std::string>> edited_text(const Session& session, const OpenKnowledgeBase& kb,
                                               const Options& options) {
  if (!options.text.empty()) return std::optional<std::string>{options.text};
  if (!options.file.empty()) {
    const auto path = (std::filesystem::path{session.environment.current_folder} / options.file)
                          .lexically_normal()
                          .string();
    STUBKEEPER_ASSIGN(const std::string text, session.environment.files.read(path, 1'000'000));
    return std::optional<std::string>{std::string{entries::trim(text)}};
  }
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{*kb.store}.get(options.ids.front()));
  STUBKEEPER_ASSIGN(const std::string proposed, review::text_to_edit(change));
  // What is moved keeps its text, unless another is given.
  if (!options.part.empty()) return std::optional{proposed};
  return edit_at_terminal(session, kb, proposed);
}

// A person's version with what speaks against it, which is said; of one that is moved also where it stands.
Result<review::MovePreview> verify_edit(const Session& session, kb::Store& store, const kb::Change& change,
                          const kb::ReviewerEdit& reviewer_edit) {
  const Timestamp now = session.environment.clock.now();
  review::MovePreview version{reviewer_edit, {}, {}, {}};
  if (reviewer_edit.moved_to.empty()) {
    STUBKEEPER_ASSIGN(version.flags, review::verify_edited_text(store, change, reviewer_edit, now));
  } else {
    STUBKEEPER_ASSIGN(version, review::preview_move(store, change, reviewer_edit, now));
    session.note(fmt::format("under \"{}\":", sanitize_for_terminal(version.reviewer_edit.moved_to)));
    const ViewOptions view{session.environment.columns, false};
    for (const std::string& line : difference_lines_in_context(version.difference, version.context_lines, view)) session.note(line);
  }
  for (const kb::Flag& flag : version.flags) {
    session.note(
        fmt::format("flag {}: {}\n  {}", flag.name, sanitize_for_terminal(flag.detail), review::flag_meaning(flag.name)));
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
  kb::Review review{*kb.store, session.environment.clock};
  const Result<int> exit_code =
      decide_each(session, options.ids, "approved " + how, [&](kb::Id each) -> Status {
        STUBKEEPER_ASSIGN([[maybe_unused]] const auto revision,
                          review.approve_edited(each, {kb::AuthorKind::person, kb.reviewer}, version.reviewer_edit,
                                                options.reason, options.seen, version.flags));
        return {};
      });
  STUBKEEPER_TRY(run_upkeep(session, kb));
  return exit_code;
}

void set_callback(CLI::App* command, Session& session, const std::shared_ptr<Options>& options,
                  Result<int> (*decide)(const Session&, const Options&)) {
  command->callback([&session, options, decide] {
    session.chosen = [&session, options, decide] { return decide(session, *options); };
  });
}

}  // namespace

void add_review_approve_command(CLI::App& review, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(
      review, "approve", "Take changes into their entries",
      "  stubkeeper review approve 12 13\n"
      "  stubkeeper review approve 12 --seen HASH     only if it is still what `show --json` gave\n"
      "  stubkeeper review approve --all-unflagged --entry datacenters\n\n"
      "Flagged changes are approved by their ids, and without --yes.");
  command->add_option("id", options->ids, "Ids, as `review list` shows them")->type_name("ID");
  command->add_flag("--all-unflagged", options->all_unflagged, "All waiting changes without a flag");
  command->add_flag("--yes", options->yes,
                    "For scripts that do not look: without ids as --all-unflagged; a flagged id is refused");
  command->add_option("--entry", options->entry, "With --all-unflagged: of this entry or section")
      ->type_name("PATH");
  command->add_option("--reason", options->reason, "A word for the history")->type_name("TEXT");
  command
      ->add_option("--seen", options->seen, "The hash of what was looked at; refused where it changed since")
      ->type_name("HASH");
  command->add_flag("--dry-run", options->dry_run, "Say what would be approved, and stop");
  set_callback(command, session, options, approve);
}

void add_review_reject_command(CLI::App& review, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(review, "reject", "Turn changes down; they are not proposed again",
                                          "  stubkeeper review reject 14 --reason \"old news\"");
  command->add_option("id", options->ids, "Ids, as `review list` shows them")->required()->type_name("ID");
  command->add_option("--reason", options->reason, "Why; the drafter is told")->type_name("TEXT");
  command
      ->add_option("--seen", options->seen, "The hash of what was looked at; refused where it changed since")
      ->type_name("HASH");
  command->add_flag("--dry-run", options->dry_run, "Say what would be rejected, and stop");
  set_callback(command, session, options, reject);
}

void add_review_edit_command(CLI::App& review, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(
      review, "edit", "Approve a change with your own text in place of the proposed one",
      "  stubkeeper review edit 12                      in $EDITOR\n"
      "  stubkeeper review edit 12 --text \"Opened a second plant.\"\n"
      "  stubkeeper review edit 12 --part \"Notable Developments\"    moved there, with its own text\n\n"
      "The text is verified as a drafted one is; what speaks against it is said, and kept "
      "as flags.");
  command->add_option("id", options->ids, "Its id")->required()->type_name("ID")->expected(1);
  CLI::Option* text = command->add_option("--text", options->text, "The text")->type_name("TEXT");
  command->add_option("--file", options->file, "A file with the text")->type_name("FILE")->excludes(text);
  command->add_option("--part", options->part, "The part of the entry that it goes to instead, by heading")
      ->type_name("PART");
  command->add_option("--reason", options->reason, "A word for the history")->type_name("TEXT");
  command
      ->add_option("--seen", options->seen, "The hash of what was looked at; refused where it changed since")
      ->type_name("HASH");
  command->add_flag("--dry-run", options->dry_run, "Say what speaks against the text, and stop");
  set_callback(command, session, options, edit);
}

}  // namespace stubkeeper::cli
