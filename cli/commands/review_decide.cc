#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "cli/commands/review_commands.h"
#include "cli/exit_code.h"
#include "cli/json_output.h"
#include "cli/review/editor.h"
#include "cli/upkeep.h"
#include "entries/markdown/lines.h"
#include "kb/edit_json.h"
#include "kb/review.h"
#include "kb/review_queue.h"
#include "schema/base/utf8.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  std::vector<kb::Id> ids;
  bool all_unflagged = false;
  bool dry_run = false;
  std::string entry;
  std::string reason;
  std::string seen;
  std::string text;
  std::string file;
};

// Decides on each id and says what came of it. One that cannot be decided is named and does not stop the
// others (exit code 3).
template <typename Decide>
Result<int> decide_each(const Session& session, const std::vector<kb::Id>& ids, const std::string& word,
                        Decide decide) {
  nlohmann::ordered_json decided = nlohmann::ordered_json::array();
  nlohmann::ordered_json failed = nlohmann::ordered_json::array();
  for (const kb::Id id : ids) {
    const Status status = decide(id);
    if (status.ok()) {
      decided.push_back(id);
      continue;
    }
    if (ids.size() == 1 && !session.options.json) return status.error();
    failed.push_back(
        {{"id", id}, {"code", error_code_name(status.error().code)}, {"message", status.error().text()}});
    session.environment.err << fmt::format("change {}: {}\n", id, printable(status.error().text()));
  }
  if (session.options.json) {
    print_json(session, {{"outcome", word}, {"changes", decided}, {"failed", failed}});
  } else {
    session.say(fmt::format("{} {}", decided.size(), word));
  }
  if (failed.empty()) return done;
  return decided.empty() ? failed_or_found : done_in_part;
}

Result<std::vector<kb::Id>> ids_to_approve(const Session& session, kb::Store& store, const Options& options) {
  if (!options.all_unflagged) {
    if (!options.ids.empty()) return options.ids;
    return Error{ErrorCode::invalid_argument, "which changes?", "", "give ids, or --all-unflagged"};
  }
  if (!options.ids.empty()) {
    return Error{ErrorCode::invalid_argument, "ids and --all-unflagged do not go together", "", ""};
  }
  ChangeFilterOptions filter_options;
  filter_options.entry = options.entry;
  filter_options.unflagged = true;
  STUBKEEPER_ASSIGN(const auto filter, filter_of(session, store, filter_options));
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(store, filter));
  std::vector<kb::Id> ids;
  for (const kb::QueuedChange& change : queue) ids.push_back(change.id);
  return ids;
}

Result<int> approve(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto ids, ids_to_approve(session, *kb.store, options));
  if (!options.seen.empty() && ids.size() != 1) {
    return Error{ErrorCode::invalid_argument, "--seen goes with one id", "",
                 "approve the changes one by one"};
  }
  if (options.dry_run) {
    return decide_each(session, ids, "would be approved", [&](kb::Id id) -> Status {
      STUBKEEPER_ASSIGN(const auto change, kb::Proposals{*kb.store}.get(id));
      if (change.state == kb::ChangeState::waiting) return {};
      return Error{ErrorCode::conflict, std::string{"is "} + kb::change_state_name(change.state) + " already",
                   "", ""};
    });
  }
  kb::Review review{*kb.store, session.environment.clock};
  STUBKEEPER_ASSIGN(const int exit_code, decide_each(session, ids, "approved", [&](kb::Id id) -> Status {
                      STUBKEEPER_ASSIGN([[maybe_unused]] const auto revision,
                                        review.approve(id, {kb::AuthorKind::person, kb.reviewer},
                                                       options.reason, options.seen));
                      return {};
                    }));
  STUBKEEPER_TRY(keep_up(session, kb));
  return exit_code;
}

Result<int> reject(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  kb::Review review{*kb.store, session.environment.clock};
  return decide_each(session, options.ids, "rejected", [&](kb::Id id) {
    return review.reject(id, {kb::AuthorKind::person, kb.reviewer}, options.reason);
  });
}

Result<int> undo(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  kb::Review review{*kb.store, session.environment.clock};
  return decide_each(session, options.ids, "undone", [&](kb::Id id) {
    return review.undo(id, {kb::AuthorKind::person, kb.reviewer}, options.reason);
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
    return std::optional<std::string>{std::string{entries::trimmed(text)}};
  }
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{*kb.store}.get(options.ids.front()));
  STUBKEEPER_ASSIGN(const auto proposed, kb::edit_from_json(change.edit_json));
  return edit_at_terminal(session, kb, proposed.text);
}

Result<int> edit(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto text, edited_text(session, kb, options));
  if (!text) {
    session.say("unchanged; nothing was decided");
    return done;
  }
  kb::Review review{*kb.store, session.environment.clock};
  STUBKEEPER_ASSIGN(
      const int exit_code, decide_each(session, options.ids, "approved as edited", [&](kb::Id id) -> Status {
        STUBKEEPER_ASSIGN(
            [[maybe_unused]] const auto revision,
            review.approve_edited(id, {kb::AuthorKind::person, kb.reviewer}, *text, options.reason));
        return {};
      }));
  STUBKEEPER_TRY(keep_up(session, kb));
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
      "Flagged changes are approved by id only.");
  command->add_option("id", options->ids, "Ids, as `review list` shows them")->type_name("ID");
  command->add_flag("--all-unflagged", options->all_unflagged, "All waiting changes without a flag");
  command->add_option("--entry", options->entry, "With --all-unflagged: of this entry or section")
      ->type_name("PATH");
  command->add_option("--reason", options->reason, "A word for the history")->type_name("TEXT");
  command
      ->add_option("--seen", options->seen, "The hash of what was looked at; refused where it changed since")
      ->type_name("HASH");
  command->add_flag("--dry-run", options->dry_run, "Say how many would be approved, and stop");
  set_callback(command, session, options, approve);
}

void add_review_reject_command(CLI::App& review, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(review, "reject", "Turn changes down; they are not proposed again",
                                          "  stubkeeper review reject 14 --reason \"old news\"");
  command->add_option("id", options->ids, "Ids, as `review list` shows them")->required()->type_name("ID");
  command->add_option("--reason", options->reason, "Why; the drafter is told")->type_name("TEXT");
  set_callback(command, session, options, reject);
}

void add_review_edit_command(CLI::App& review, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      session.add_command(review, "edit", "Approve a change with your own text in place of the proposed one",
                          "  stubkeeper review edit 12                      in $EDITOR\n"
                          "  stubkeeper review edit 12 --text \"Opened a second plant.\"");
  command->add_option("id", options->ids, "Its id")->required()->type_name("ID")->expected(1);
  CLI::Option* text = command->add_option("--text", options->text, "The text")->type_name("TEXT");
  command->add_option("--file", options->file, "A file with the text")->type_name("FILE")->excludes(text);
  command->add_option("--reason", options->reason, "A word for the history")->type_name("TEXT");
  set_callback(command, session, options, edit);
}

void add_review_undo_command(CLI::App& review, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      session.add_command(review, "undo", "Take back the last decision on changes, by a new revision",
                          "  stubkeeper review undo 12");
  command->add_option("id", options->ids, "Ids")->required()->type_name("ID");
  command->add_option("--reason", options->reason, "A word for the history")->type_name("TEXT");
  set_callback(command, session, options, undo);
}

}  // namespace stubkeeper::cli
