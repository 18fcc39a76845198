#pragma once

#include <CLI/App.hpp>
#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "cli/environment.h"
#include "config/configuration.h"
#include "kb/store/knowledge_base.h"
#include "kb/store/store.h"

namespace stubkeeper::cli {

// What every command takes.
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
  std::string content_folder;  // [site] content as an absolute path, or "" where it is not set
  std::string reviewer;        // who decides at this machine
};

// One call of the program: its surroundings, the options that all commands share, and the command that the
// command line chose.
class Session {
 public:
  explicit Session(Environment& surroundings) : environment(surroundings) {}

  Environment& environment;
  CommonOptions options;
  // Set by the parser's callback of the chosen command; gives the exit code.
  std::function<Result<int>()> chosen;

  // The options that every command takes, also before its name.
  void add_common_options(CLI::App& command);

  // A subcommand with the common options; `examples` stand below its help, one command a line.
  CLI::App* add_command(CLI::App& parent, const std::string& name, const std::string& summary,
                        const std::string& examples);

  // Finds, reads and opens the knowledge base that the options mean.
  Result<OpenKnowledgeBase> open_knowledge_base() const;

  // A line of result, unless --quiet; a line of diagnostics.
  void say(const std::string& line) const;
  void note(const std::string& line) const;
  // Lines of diagnostics about a person's files.
  void show_notices(const std::vector<std::string>& notices) const;

 private:
  // `serve` opens its knowledge base for each page.
  mutable std::atomic<bool> has_shown_notices_ = false;
};

}  // namespace stubkeeper::cli
