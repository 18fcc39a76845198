#include "cli/session.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <ostream>

#include "base/text/utf8.h"
#include "config/review_policies.h"
#include "kb/review/policies.h"
#include "kb/review/upkeep.h"

namespace stubkeeper::cli {

namespace fs = std::filesystem;

bool Environment::colour() const {
  return out_is_terminal && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
}

void Session::add_common_options(CLI::App& command) {
  const auto common = [](CLI::Option* option) { return option->group("Common options"); };
  common(command.add_option("--kb", options.kb, "Knowledge base (else $STUBKEEPER_KB, else here or above)"))
      ->type_name("DIR");
  common(command.add_flag("--json", options.json, "Print one JSON document (docs/json.md)"));
  common(command.add_flag("--quiet", options.quiet, "Print only results and errors"));
  common(command.add_flag("--verbose", options.verbose, "Print more about each step"));
}

CLI::App* Session::add_command(CLI::App& parent, const std::string& name, const std::string& summary,
                               const std::string& examples) {
  CLI::App* command = parent.add_subcommand(name, summary);
  add_common_options(*command);
  command->footer("Examples:\n" + examples);
  return command;
}

Result<kb::KnowledgeBasePaths> Session::find_knowledge_base() const {
  return kb::find_knowledge_base(options.kb, environment.variable("STUBKEEPER_KB"),
                                 environment.current_folder, environment.files);
}

Result<OpenKnowledgeBase> Session::open_knowledge_base() const {
  OpenKnowledgeBase opened;
  STUBKEEPER_ASSIGN(opened.paths, find_knowledge_base());
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

std::string Session::absolute_path(const std::string& path) const {
  return (fs::path{environment.current_folder} / path).lexically_normal().string();
}

void Session::say(const std::string& line) const {
  if (!options.quiet) environment.out << line << '\n';
}

void Session::note(const std::string& line) const {
  if (!options.quiet) environment.err << line << '\n';
}

void print_json(const Session& session, const nlohmann::ordered_json& json) {
  session.environment.out << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
                          << '\n';
}

int print_result(const Session& session, const nlohmann::ordered_json& json, const std::string& line) {
  if (session.options.json) {
    print_json(session, json);
  } else {
    session.say(line);
  }
  return done;
}

Status run_upkeep(const Session& session, const OpenKnowledgeBase& kb) {
  const Clock& clock = session.environment.clock;
  std::vector<ItemFailure> failures;
  STUBKEEPER_ASSIGN(const int proposed, kb::propose_upkeep(*kb.store, clock.now(), failures));
  int approved = 0;
  if (proposed > 0) {
    STUBKEEPER_ASSIGN(
        approved, kb::approve_by_policy(*kb.store, clock, config::all_policies(kb.configuration), failures));
  }
  for (const ItemFailure& failure : failures) session.note(failure.item + ": " + failure.error.text());
  if (proposed == 0) return {};
  session.note(fmt::format("upkeep           {} {} for pages that mention new entries{}", proposed,
                           proposed == 1 ? "change" : "changes",
                           approved > 0 ? fmt::format(", {} approved by policy", approved)
                                        : "; they wait: stubkeeper review --kind upkeep"));
  return {};
}

}  // namespace stubkeeper::cli
