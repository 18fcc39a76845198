#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "base/text/utf8.h"
#include "cli/commands/commands.h"
#include "cli/model_view.h"
#include "cron/report.h"
#include "kb/runs/future_times.h"
#include "kb/store/run_lock.h"

namespace stubkeeper::cli {
namespace {

namespace fs = std::filesystem;

Result<int> backup(const Session& session, const std::string& file) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  const std::string path = session.absolute_path(file);
  STUBKEEPER_TRY(kb.store->backup_to(path));
  return print_result(session, {{"backup", path}}, "written  " + path);
}

Status remove_if_there(const std::string& file) {
  std::error_code failure;
  fs::remove(file, failure);
  if (failure) return Error{ErrorCode::io, "cannot be removed: " + failure.message(), file, ""};
  return {};
}

Result<int> restore(const Session& session, const std::string& file) {
  STUBKEEPER_ASSIGN(const auto paths, session.find_knowledge_base());
  STUBKEEPER_ASSIGN(const auto lock, kb::RunLock::acquire(paths.lock()));
  const std::string from = session.absolute_path(file);
  // The backup is checked before anything is moved; opening it refuses any other file.
  STUBKEEPER_ASSIGN(const auto restored, kb::Store::open(from));
  STUBKEEPER_ASSIGN(const auto problems, restored->check_integrity(true));
  if (!problems.empty())
    return Error{ErrorCode::corrupt, "the backup is damaged: " + problems.front(), from,
                 "nothing was changed"};
  const std::string fresh = paths.store() + ".restored";
  STUBKEEPER_TRY(remove_if_there(fresh));
  STUBKEEPER_TRY(restored->backup_to(fresh));
  // The old store is kept beside the new one with its write-ahead log, which would else be read
  // into the restored file. Nothing is moved before there is room for all of it.
  const std::string kept = paths.store() + ".before-restore";
  for (const char* ending : {"", "-wal", "-shm"}) STUBKEEPER_TRY(remove_if_there(kept + ending));
  for (const char* ending : {"", "-wal", "-shm"}) {
    std::error_code failure;
    fs::rename(paths.store() + ending, kept + ending, failure);
    if (failure && failure != std::errc::no_such_file_or_directory)
      return Error{ErrorCode::io, "cannot be moved aside: " + failure.message(), paths.store() + ending, ""};
  }
  std::error_code failure;
  fs::rename(fresh, paths.store(), failure);
  if (failure)
    return Error{ErrorCode::io, "cannot be put in place: " + failure.message(), fresh,
                 "the old store is " + kept};
  return print_result(session, {{"restored", from}, {"kept", kept}},
                      "restored " + from + "\nkept     " + kept + ", the store as it was");
}

Result<int> doctor(const Session& session) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(auto problems, kb.store->check_integrity(true));
  const bool is_sound = problems.empty();
  const auto model = inspect_model(session, kb.configuration);
  if (model) problems.insert(problems.end(), model->problems.begin(), model->problems.end());
  STUBKEEPER_ASSIGN(const auto ahead, kb::find_future_times(*kb.store, session.now()));
  if (ahead && ahead->sources > 0)
    problems.push_back("the clock: " + cron::describe_future_times(*ahead) + " from the next refresh on");
  if (session.options.json) {
    print_json(
        session,
        {{"schema", kb.store->schema_version()}, {"model", model_json(model)}, {"problems", problems}});
  } else {
    session.say(fmt::format("configuration  {} is good", kb.paths.configuration()));
    session.say(fmt::format("store          {}, schema {}", kb.paths.store(), kb.store->schema_version()));
    session.say("model          " +
                (model ? sanitize_for_terminal(model_text(*model)) : "none; drafts are extractive"));
    if (is_sound) session.say("integrity      every page, reference and stored text is sound");
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
  command->add_option("file", *file, "File to write; it must not exist")->required()->type_name("FILE");
  session.on_command(command, file, backup);
}

void add_restore_command(CLI::App& program, Session& session) {
  auto file = std::make_shared<std::string>();
  CLI::App* command = session.add_command(program, "restore",
                                          "Restore the store from a backup; the old store is kept beside it",
                                          "  stubkeeper restore ~/backups/kb-2026-06-29.sqlite");
  command->add_option("file", *file, "A file that `stubkeeper backup` wrote")->required()->type_name("FILE");
  session.on_command(command, file, restore);
}

void add_doctor_command(CLI::App& program, Session& session) {
  CLI::App* command = session.add_command(program, "doctor",
                                          "Check configuration and store, every stored text against its hash",
                                          "  stubkeeper doctor");
  session.on_command(command, std::make_shared<int>(), [](const Session& each, int) { return doctor(each); });
}

}  // namespace stubkeeper::cli
