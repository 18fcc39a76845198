#include "cli/session.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <ostream>

#include "base/text/utf8.h"

namespace stubkeeper::cli {

bool Environment::colour() const {
  return out_is_terminal && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
}

void Session::add_common_options(CLI::App& command) {
  command
      .add_option("--kb", options.kb, "Knowledge base to work on (else $STUBKEEPER_KB, else here or above)")
      ->type_name("DIR")
      ->group("Common options");
  command.add_flag("--json", options.json, "Print one JSON document (docs/json.md)")->group("Common options");
  command.add_flag("--quiet", options.quiet, "Print nothing but results and errors")->group("Common options");
  command.add_flag("--verbose", options.verbose, "Say more about each step")->group("Common options");
}

CLI::App* Session::add_command(CLI::App& parent, const std::string& name, const std::string& summary,
                               const std::string& examples) {
  CLI::App* command = parent.add_subcommand(name, summary);
  add_common_options(*command);
  if (!examples.empty()) command->footer("Examples:\n" + examples);
  return command;
}

Result<OpenKnowledgeBase> Session::open_knowledge_base() const {
  namespace fs = std::filesystem;
  OpenKnowledgeBase opened;
  STUBKEEPER_ASSIGN(opened.paths, kb::find_knowledge_base(options.kb, environment.variable("STUBKEEPER_KB"),
                                                          environment.current_folder, environment.files));
  STUBKEEPER_ASSIGN(const std::string toml, environment.files.read(opened.paths.configuration(), 1'000'000));
  STUBKEEPER_ASSIGN(opened.configuration, config::parse_configuration(toml, opened.paths.configuration()));
  STUBKEEPER_ASSIGN(opened.store, kb::Store::open(opened.paths.store()));
  STUBKEEPER_ASSIGN(auto conventions, kb::load_conventions(opened.paths.conventions(), environment.files));
  if (!has_shown_notices_.exchange(true)) {
    show_notices(opened.configuration.notices);
    show_notices(conventions.notices);
  }
  for (const auto& [id, severity] : opened.configuration.check.severity)
    STUBKEEPER_TRY(conventions.checks.set_severity(id, severity));
  opened.store->set_conventions(std::move(conventions));
  if (!opened.configuration.site.content.empty()) {
    opened.content_folder =
        (fs::path{opened.paths.folder} / opened.configuration.site.content).lexically_normal().string();
  }
  opened.reviewer = opened.configuration.review.reviewer.empty() ? environment.login_name
                                                                 : opened.configuration.review.reviewer;
  return opened;
}

void Session::show_notices(const std::vector<std::string>& notices) const {
  for (const std::string& notice : notices) note(sanitize_for_terminal(notice));
}

void Session::say(const std::string& line) const {
  if (!options.quiet) environment.out << line << '\n';
}

void Session::note(const std::string& line) const {
  if (!options.quiet) environment.err << line << '\n';
}

}  // namespace stubkeeper::cli
