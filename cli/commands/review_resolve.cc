#include <CLI/CLI.hpp>
#include <filesystem>
#include <ostream>

#include "base/text/utf8.h"
#include "cli/commands/review_commands.h"
#include "cli/exit_code.h"
#include "cli/json_output.h"
#include "cli/terminal/conflict_view.h"
#include "cli/terminal/editor.h"
#include "kb/export/conflicts.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  std::vector<std::string> ids;
  std::string keep;
  std::string file;
};

// The person's own text, or nothing where the editor gave back what it got.
Result<std::optional<std::string>> read_resolution(const Session& session, const OpenKnowledgeBase& kb,
                                            const Options& options, const kb::Conflict& conflict) {
  if (!options.file.empty()) {
    const auto path = (std::filesystem::path{session.environment.current_folder} / options.file)
                          .lexically_normal()
                          .string();
    STUBKEEPER_ASSIGN(std::string text, session.environment.files.read(path, entries::max_page_bytes));
    return std::optional{std::move(text)};
  }
  STUBKEEPER_ASSIGN(const std::string start, text_with_conflict_markers(*kb.store, conflict));
  STUBKEEPER_ASSIGN(auto text, edit_at_terminal(session, kb, start, first_conflict_marker_line(start)));
  if (text) text = ensure_final_newline(*std::move(text));
  return text;
}

Status resolve_one(const Session& session, const OpenKnowledgeBase& kb, const Options& options,
                   const std::string& word) {
  const auto id = parse_conflict_id(word);
  if (!id) {
    return Error{ErrorCode::invalid_argument, "\"" + word + "\" is no conflict", "",
                 "conflicts have ids such as c1; `stubkeeper review list` shows them"};
  }
  kb::Conflicts conflicts{*kb.store};
  STUBKEEPER_ASSIGN(const auto conflict, conflicts.get(*id));
  const kb::Reviewer reviewer{kb::AuthorKind::person, kb.reviewer};
  const Timestamp now = session.environment.clock.now();
  if (!options.keep.empty()) {
    STUBKEEPER_TRY(conflicts.decide(*id, *kb::conflict_resolution_from_name(options.keep), "", reviewer, now));
  } else {
    STUBKEEPER_ASSIGN(const auto text, read_resolution(session, kb, options, conflict));
    if (!text) return Error{ErrorCode::refused, "the text is unchanged; nothing was decided", word, ""};
    if (has_conflict_markers(*text)) {
      return Error{ErrorCode::refused, "the text still has the marks of a conflict", word,
                   "take out the lines that begin with <<<<<<<, ======= and >>>>>>>"};
    }
    STUBKEEPER_TRY(conflicts.decide(*id, kb::ConflictResolution::edit, *text, reviewer, now));
  }
  if (!session.options.json) session.say("settled  " + word + "  " + sanitize_for_terminal(conflict.file));
  return {};
}

Result<int> resolve(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  nlohmann::ordered_json resolved = nlohmann::ordered_json::array();
  nlohmann::ordered_json failed = nlohmann::ordered_json::array();
  for (const std::string& word : options.ids) {
    if (const Status status = resolve_one(session, kb, options, word); status.ok()) {
      resolved.push_back(word);
    } else if (options.ids.size() == 1 && !session.options.json) {
      return status.error();
    } else {
      failed.push_back({{"id", word}, {"error", status.error().text()}});
      if (!session.options.json)
        session.environment.err << word << ": " << sanitize_for_terminal(status.error().text()) << '\n';
    }
  }
  if (session.options.json) {
    print_json(session, {{"settled", resolved}, {"failed", failed}});
  } else if (!resolved.empty()) {
    session.say("next     stubkeeper export\nundo     stubkeeper review undo " +
                resolved.front().get<std::string>());
  }
  if (failed.empty()) return done;
  return resolved.empty() ? failed_or_found : partially_done;
}

}  // namespace

void add_review_resolve_command(CLI::App& review, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(
      review, "resolve", "Settle a file that was edited or deleted by hand where the store is newer too",
      "  stubkeeper review resolve c1                     in $EDITOR, both texts between marks\n"
      "  stubkeeper review resolve c1 --keep disk         what you wrote, at the places that both changed\n"
      "  stubkeeper review resolve c1 c2 --keep store     what the store has there\n"
      "  stubkeeper review resolve c1 --file settled.md   a whole page of your own\n\n"
      "Of a deleted file, disk removes the entry and store writes the file again. The next export writes "
      "what "
      "comes of it.");
  command->add_option("id", options->ids, "Ids, as `review list` shows them")->required()->type_name("ID");
  CLI::Option* keep = command->add_option("--keep", options->keep, "Whose text stands: disk or store")
                          ->type_name("SIDE")
                          ->check(CLI::IsMember({"disk", "store"}));
  command->add_option("--file", options->file, "A file with the settled page")
      ->type_name("FILE")
      ->excludes(keep);
  command->callback(
      [&session, options] { session.chosen = [&session, options] { return resolve(session, *options); }; });
}

}  // namespace stubkeeper::cli
