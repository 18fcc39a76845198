#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>

#include "cli/commands/commands.h"
#include "cron/plan.h"
#include "cron/schedule_installer.h"
#include "kb/runs/runs.h"

namespace stubkeeper::cli {
namespace {

using cron::ScheduleForm;

#ifdef __APPLE__
constexpr ScheduleForm default_form = ScheduleForm::launchd;
#else
constexpr ScheduleForm default_form = ScheduleForm::crontab;
#endif

struct Options {
  ScheduleForm form = default_form;
  int every_hours = 24;
  std::string log;
};

cron::ScheduleInstaller installer_of(const Session& session) {
  const Environment& environment = session.environment;
  return {environment.files, environment.subprocesses, environment.variable("HOME")};
}

cron::Schedule schedule_of(const Session& session, const Options& options, const std::string& folder) {
  return {session.environment.program, folder, options.every_hours,
          options.log.empty() ? "" : session.absolute_path(options.log)};
}

Result<std::string> last_run_text(kb::Store& store) {
  STUBKEEPER_ASSIGN(const auto runs, kb::Runs{store}.latest(1));
  if (runs.empty()) return std::string{"none yet"};
  return rfc3339(runs.front().started_at) + " " + kb::run_state_name(runs.front().state);
}

Result<int> show(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto files,
                    cron::schedule_files(options.form, schedule_of(session, options, kb.paths.folder)));
  STUBKEEPER_ASSIGN(const auto installed, installer_of(session).find(options.form, kb.paths.folder));
  STUBKEEPER_ASSIGN(const std::string last_run, last_run_text(*kb.store));
  const std::string next_run =
      installed ? rfc3339(cron::next_scheduled_run(options.every_hours, session.now())) : "";
  if (session.options.json) {
    std::string text;
    for (const auto& file : files) text += file.text;
    print_json(session, {{"form", cron::schedule_form_name(options.form)},
                         {"text", text},
                         {"installed", installed.value_or("")},
                         {"last_run", last_run},
                         {"next_run", next_run}});
    return done;
  }
  auto& out = session.environment.out;
  for (const auto& file : files) {
    // Not before XML's declaration.
    if (!file.path.empty() && options.form != ScheduleForm::launchd) out << "# ~/" << file.path << '\n';
    out << file.text;
    if (files.size() > 1) out << '\n';
  }
  session.note(installed ? "installed  " + *installed
                         : "installed  no; `stubkeeper schedule install` does it");
  session.note("last run   " + last_run);
  if (installed) session.note("next run   " + next_run);
  return done;
}

Result<int> install(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_TRY(installer_of(session).install(options.form, schedule_of(session, options, kb.paths.folder)));
  const std::string next = rfc3339(cron::next_scheduled_run(options.every_hours, session.now()));
  return print_result(session, {{"installed", cron::schedule_form_name(options.form)}, {"next_run", next}},
                      fmt::format("installed  {}, every {} hours\nnext run   {}",
                                  cron::schedule_form_name(options.form), options.every_hours, next));
}

Result<int> remove(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto paths, session.find_knowledge_base());
  STUBKEEPER_ASSIGN(const bool removed, installer_of(session).remove(options.form, paths.folder));
  if (!removed)
    return Error{ErrorCode::not_found,
                 fmt::format("no {} schedule of this knowledge base is installed",
                             cron::schedule_form_name(options.form)),
                 paths.folder, "`--form` names another kind"};
  return print_result(session, {{"removed", cron::schedule_form_name(options.form)}},
                      fmt::format("removed    {}", cron::schedule_form_name(options.form)));
}

void add_form_option(CLI::App& command, const std::shared_ptr<Options>& options) {
  static const std::map<std::string, ScheduleForm> forms{{"crontab", ScheduleForm::crontab},
                                                         {"systemd", ScheduleForm::systemd},
                                                         {"launchd", ScheduleForm::launchd}};
  command.add_option("--form", options->form, "crontab, systemd (user timer) or launchd")
      ->type_name("FORM")
      ->transform(CLI::CheckedTransformer(forms).description(""))
      ->default_str(cron::schedule_form_name(default_form));
}

void add_schedule_options(CLI::App& command, const std::shared_ptr<Options>& options) {
  add_form_option(command, options);
  command.add_option("--every", options->every_hours, "Hours between two runs: 1 to 24")
      ->type_name("HOURS")
      ->check(CLI::Range(1, 24))
      ->capture_default_str();
  command.add_option("--log", options->log, "File for what runs print (else cron's mail, or the journal)")
      ->type_name("FILE");
}

}  // namespace

void add_schedule_command(CLI::App& program, Session& session) {
  CLI::App* command =
      session.add_command(program, "schedule", "Install, show or remove the schedule of refreshes",
                          R"(  stubkeeper schedule                 the same as `schedule show`
  stubkeeper schedule install
  stubkeeper schedule install --form systemd --every 6
  stubkeeper schedule remove)");
  command->require_subcommand(0, 1);
  // One set of options, so that none is unheard that is given before the subcommand.
  const auto options = std::make_shared<Options>();
  add_schedule_options(*command, options);
  command->callback([&session, options, command] {
    if (command->get_subcommands().empty())
      session.chosen = [&session, options] { return show(session, *options); };
  });
  const auto add = [&](const std::string& name, const std::string& summary, const std::string& examples,
                       auto run) {
    CLI::App* subcommand = session.add_command(*command, name, summary, examples);
    if (name == "remove") {
      add_form_option(*subcommand, options);
    } else {
      add_schedule_options(*subcommand, options);
    }
    session.on_command(subcommand, options, run);
  };
  add("show", "Print the crontab line, timer or agent, and when the last and the next run are",
      R"(  stubkeeper schedule show
  stubkeeper schedule show --form systemd --every 6

It installs nothing.)",
      show);
  add("install", "Add the schedule to the crontab, systemd's user timers or launchd",
      R"(  stubkeeper schedule install
  stubkeeper schedule install --every 6 --log ~/stubkeeper.log

Other lines of a crontab stay as they are. A second time replaces the first. A run that finds
another one at work ends at once.)",
      install);
  add("remove", "Take the schedule away again",
      R"(  stubkeeper schedule remove
  stubkeeper schedule remove --form systemd)",
      remove);
}

}  // namespace stubkeeper::cli
