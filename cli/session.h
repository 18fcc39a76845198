#pragma once

#include <CLI/App.hpp>
#include <atomic>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "base/result.h"
#include "cli/environment.h"
#include "config/configuration.h"
#include "kb/review/review.h"
#include "kb/store/knowledge_base.h"
#include "kb/store/store.h"

namespace stubkeeper::cli {

// The exit codes of all commands.
enum ExitCode : int {
  done = 0,
  failed_or_found = 1,  // `check`, `review list --exit-code` and `export --dry-run` found something
  invalid_usage = 2,
  partially_done = 3,
  locked = 4,
};

struct CommonOptions {
  std::string kb;
  bool json = false;
  bool quiet = false;
  bool verbose = false;
};

// A knowledge base with its configuration read and its store open.
struct OpenKnowledgeBase {
  kb::KnowledgeBasePaths paths;
  config::Configuration configuration;
  std::unique_ptr<kb::Store> store;
  std::string content_folder;  // [site] content as an absolute path; "" where it is not set
  std::string reviewer;        // the name of the person at this machine

  kb::Reviewer person() const { return {kb::AuthorKind::person, reviewer}; }
};

// One call of the program: its environment, the common options, and the chosen command.
class Session {
 public:
  explicit Session(Environment& surroundings) : environment(surroundings) {}

  Environment& environment;
  CommonOptions options;
  std::function<Result<int>()> chosen;  // runs the chosen command; gives the exit code

  // The common options, also before a command's name.
  void add_common_options(CLI::App& command);

  // A command with the common options; `examples` is printed below its help.
  CLI::App* add_command(CLI::App& parent, const std::string& name, const std::string& summary,
                        const std::string& examples);

  // Makes run(session, *options) the chosen command when the command line names it.
  template <typename Options, typename Run>
  void on_command(CLI::App* command, std::shared_ptr<Options> run_options, Run run) {
    command->callback(
        [this, run_options, run] { chosen = [this, run_options, run] { return run(*this, *run_options); }; });
  }

  // The paths of the knowledge base that the options mean; the same read and opened.
  Result<kb::KnowledgeBasePaths> find_knowledge_base() const;
  Result<OpenKnowledgeBase> open_knowledge_base() const;

  Timestamp now() const { return environment.clock.now(); }

  // A path of the command line as an absolute one.
  std::string absolute_path(const std::string& path) const;

  // A line of result or of diagnostics, unless --quiet.
  void say(const std::string& line) const;
  void note(const std::string& line) const;
  // Lines of diagnostics about a person's files.
  void show_notices(const std::vector<std::string>& notices) const;

 private:
  // `serve` opens its knowledge base for each page.
  mutable std::atomic<bool> has_shown_notices_ = false;
};

// The one JSON document of a command with --json. Ill-formed UTF-8 in it becomes U+FFFD.
void print_json(const Session& session, const nlohmann::ordered_json& json);

// The result of a command: the document with --json, else the line. Gives `done`.
int print_result(const Session& session, const nlohmann::ordered_json& json, const std::string& line);

// Follows up decisions: proposes the pages that mention a new entry (kb/review/upkeep.h), and
// approves what [review] auto_approve names. Notes what it did.
Status run_upkeep(const Session& session, const OpenKnowledgeBase& kb);

}  // namespace stubkeeper::cli
