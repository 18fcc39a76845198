#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "base/text/utf8.h"
#include "cli/commands/commands.h"
#include "cli/exit_code.h"
#include "cli/json_output.h"
#include "cli/model_view.h"
#include "kb/store/run_lock.h"

namespace stubkeeper::cli {
namespace {

std::string absolute(const Session& session, const std::string& path) {
  return (std::filesystem::path{session.environment.current_folder} / path).lexically_normal().string();
}

Result<int> backup(const Session& session, const std::string& file) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_TRY(kb.store->backup_to(absolute(session, file)));
  if (session.options.json) {
    print_json(session, {{"backup", absolute(session, file)}});
  } else {
    session.say("written  " + absolute(session, file));
  }
  return done;
}

Result<int> restore(const Session& session, const std::string& file) {
  namespace fs = std::filesystem;
  STUBKEEPER_ASSIGN(const auto paths,
                    kb::find_knowledge_base(session.options.kb, session.environment.variable("STUBKEEPER_KB"),
                                            session.environment.current_folder, session.environment.files));
  STUBKEEPER_ASSIGN(const auto lock, kb::RunLock::acquire(paths.lock()));
  const std::string from = absolute(session, file);
  // The backup is looked at before anything is moved: opening it also refuses what is no store of ours.
  STUBKEEPER_ASSIGN(const auto restored, kb::Store::open(from));
  STUBKEEPER_ASSIGN(const auto problems, restored->check_integrity(true));
  if (!problems.empty())
    return Error{ErrorCode::corrupt, "the backup is damaged: " + problems.front(), from,
                 "nothing was changed"};
  const std::string fresh = paths.store() + ".restored";
  std::error_code failure;
  fs::remove(fresh, failure);
  STUBKEEPER_TRY(restored->backup_to(fresh));
  // What was there is kept beside it. Its write-ahead log goes with it: one left behind would be read into
  // the restored file.
  const std::string kept = paths.store() + ".before-restore";
  for (const char* ending : {"", "-wal", "-shm"}) {
    fs::remove(kept + ending, failure);
    if (fs::exists(paths.store() + ending, failure))
      fs::rename(paths.store() + ending, kept + ending, failure);
    if (failure)
      return Error{ErrorCode::io, "cannot be moved aside: " + failure.message(), paths.store() + ending, ""};
  }
  fs::rename(fresh, paths.store(), failure);
  if (failure)
    return Error{ErrorCode::io, "cannot be put in place: " + failure.message(), fresh,
                 "the old store is " + kept};
  if (session.options.json) {
    print_json(session, {{"restored", from}, {"kept", kept}});
  } else {
    session.say("restored " + from);
    session.say("kept     " + kept + ", the store as it was");
  }
  return done;
}

Result<int> doctor(const Session& session) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(auto problems, kb.store->check_integrity(true));
  const bool sound = problems.empty();
  const auto model = inspect_model(session, kb.configuration);
  if (model) problems.insert(problems.end(), model->problems.begin(), model->problems.end());
  if (session.options.json) {
    print_json(
        session,
        {{"schema", kb.store->schema_version()}, {"model", model_json(model)}, {"problems", problems}});
  } else {
    session.say(fmt::format("configuration  {} is good", kb.paths.configuration()));
    session.say(fmt::format("store          {}, schema {}", kb.paths.store(), kb.store->schema_version()));
    session.say("model          " + (model ? sanitize_for_terminal(model_text(*model)) : "none; drafts are extractive"));
    if (sound) session.say("integrity      every page, reference and stored text is sound");
    for (const std::string& problem : problems)
      session.environment.err << "problem        " << sanitize_for_terminal(problem) << '\n';
  }
  return problems.empty() ? done : failed_or_found;
}

}  // namespace

void add_backup_command(CLI::App& program, Session& session) {
  auto file = std::make_shared<std::string>();
  CLI::App* command =
      session.add_command(program, "backup", "Copy the whole store to one file, also while a refresh runs",
                          "  stubkeeper backup ~/backups/kb-2026-06-29.sqlite");
  command->add_option("file", *file, "File to write; it must not be there yet")
      ->required()
      ->type_name("FILE");
  command->callback(
      [&session, file] { session.chosen = [&session, file] { return backup(session, *file); }; });
}

void add_restore_command(CLI::App& program, Session& session) {
  auto file = std::make_shared<std::string>();
  CLI::App* command = session.add_command(program, "restore",
                                          "Put a backup in the store's place; the old one is kept beside it",
                                          "  stubkeeper restore ~/backups/kb-2026-06-29.sqlite");
  command->add_option("file", *file, "A file that `stubkeeper backup` wrote")->required()->type_name("FILE");
  command->callback(
      [&session, file] { session.chosen = [&session, file] { return restore(session, *file); }; });
}

void add_doctor_command(CLI::App& program, Session& session) {
  CLI::App* command = session.add_command(program, "doctor",
                                          "Check configuration and store, every stored text against its hash",
                                          "  stubkeeper doctor");
  command->callback([&session] { session.chosen = [&session] { return doctor(session); }; });
}

}  // namespace stubkeeper::cli
