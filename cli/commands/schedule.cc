#include <CLI/CLI.hpp>
#include <filesystem>

#include "cli/commands/commands.h"
#include "cron/schedule.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  std::string form = "crontab";
  int every_hours = 24;
};

Result<int> print_schedule(const Session& session, const Options& options) {
  namespace fs = std::filesystem;
  STUBKEEPER_ASSIGN(const auto paths, session.find_knowledge_base());
  std::error_code ignored;
  const fs::path program{session.environment.program};
  const std::string absolute_program =
      program.has_parent_path()
          ? fs::weakly_canonical(fs::path{session.environment.current_folder} / program, ignored).string()
          : program.string();
  STUBKEEPER_ASSIGN(const std::string text,
                    cron::schedule_text(options.form, absolute_program, paths.folder, options.every_hours));
  if (session.options.json) {
    print_json(session, {{"form", options.form}, {"text", text}});
  } else {
    session.environment.out << text;
  }
  return done;
}

}  // namespace

void add_schedule_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      session.add_command(program, "schedule", "Print a crontab line, a systemd timer or a launchd agent",
                          R"(  stubkeeper schedule
  stubkeeper schedule --form systemd --every 6

It installs nothing; the text says where to put it.)");
  command->add_option("--form", options->form, "crontab, systemd or launchd")
      ->type_name("FORM")
      ->check(CLI::IsMember({"crontab", "systemd", "launchd"}))
      ->capture_default_str();
  command->add_option("--every", options->every_hours, "Hours between two runs: 1 to 24")
      ->type_name("HOURS")
      ->check(CLI::Range(1, 24))
      ->capture_default_str();
  session.on_command(command, options, print_schedule);
}

}  // namespace stubkeeper::cli
