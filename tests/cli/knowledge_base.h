#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/loopback_server.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace stubkeeper::testing {

// A knowledge base of its own beside a site, and a loopback server that it may fetch from.
class TestKnowledgeBase {
 public:
  TestKnowledgeBase();

  // stubkeeper with these arguments, --kb added.
  ProgramResult run(std::vector<std::string> arguments, const std::string& input = "");
  // The same, which has to end with 0.
  ProgramResult run_ok(const std::vector<std::string>& arguments);
  // What it prints with --json.
  nlohmann::json json(std::vector<std::string> arguments);

  // Adds a page of the server as a source of a new stub.
  void add_stub(const std::string& entry, const std::string& title, const std::string& html);
  // Has a stub of Pumpwerk Basel at pumps/basel with its first change approved and exported; gives its file.
  std::string add_exported_stub();
  // Changes the store behind the program's back.
  void sql(const std::string& statement);
  void configure(const std::string& toml);  // replaces stubkeeper.toml

  // The configuration with these lines behind it.
  void configure_model(const std::string& toml);

  std::map<std::string, std::string> variables;  // of the environment that it is run in

  TemporaryFolder folder;
  std::string kb = folder / "kb";
  std::string site = folder / "site";
  LoopbackServer server;
};

// All rows of a query to a knowledge base's store, a line each, a bar behind each value.
std::string query_rows(const std::string& kb, const std::string& sql);

// Checks that its store is whole.
void check_integrity(const std::string& kb);

// A page that says three things of its subject.
std::string page_about(const std::string& name);

}  // namespace stubkeeper::testing
