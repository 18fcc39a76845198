#include "cron/report.h"

#include <CLI/CLI.hpp>
#include <ostream>

#include "cli/commands/commands.h"
#include "kb/runs/runs.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  kb::Id run = 0;  // 0: the last one that came to its end
  std::string format = "text";
};

Result<kb::Run> find_run(kb::Store& store, kb::Id id) {
  constexpr int max_unfinished_runs = 100;
  kb::Runs runs{store};
  if (id != 0) return runs.get(id);
  STUBKEEPER_ASSIGN(const auto latest, runs.latest(max_unfinished_runs));
  for (const kb::Run& run : latest)
    if (!run.report_json.empty()) return run;
  return Error{ErrorCode::not_found, "there is no run with a report yet", "",
               "`stubkeeper refresh` makes one"};
}

Result<int> report(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto run, find_run(*kb.store, options.run));
  if (run.report_json.empty())
    return Error{ErrorCode::not_found, "the run did not come to its end, and has no report",
                 "run " + std::to_string(run.id), ""};
  auto& out = session.environment.out;
  if (session.options.json || options.format == "json") {
    out << run.report_json << '\n';
    return done;
  }
  STUBKEEPER_ASSIGN(const auto read, cron::parse_report(run.report_json));
  if (options.format == "markdown") {
    out << cron::report_markdown(read);
  } else {
    out << cron::report_paragraph(read, kb.paths.folder) << '\n' << cron::report_text(read);
  }
  return done;
}

}  // namespace

void add_report_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(program, "report", "Show the report of a run again",
                                          R"(  stubkeeper report
  stubkeeper report 12 --format markdown)");
  command->add_option("run", options->run, "Number of a run (else the last one)")
      ->type_name("RUN")
      ->check(CLI::PositiveNumber);
  command->add_option("--format", options->format, "text, markdown or json")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "markdown", "json"}))
      ->capture_default_str();
  session.on_command(command, options, report);
}

}  // namespace stubkeeper::cli
