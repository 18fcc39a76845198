#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/loopback_server.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace stubkeeper::testing {

// The demonstration of scripts/quickstart: the site of scripts/demo, a knowledge base beside it, and its web
// as it is at the first look, played by a loopback server. Nothing is imported or refreshed yet.
class Demonstration {
 public:
  // How stubkeeper is run: as a process of its own, or within the test.
  using Program = std::function<ProgramResult(const std::vector<std::string>& words)>;
  explicit Demonstration(Program program = [](const std::vector<std::string>& words) {
    return run_stubkeeper(words);
  });

  // Some months on: the same web but for its news.
  void serve_second_refresh();

  // Lets the knowledge base fetch from the loopback server, at once.
  void allow_loopback();
  // Imports the section, and names the sources and stubs of scripts/demo/sources.txt.
  void import_and_add_sources();

  // What stubkeeper prints, --kb added (but for init), where it ends with 0; fails the test otherwise.
  std::string run_ok(std::vector<std::string> words);
  nlohmann::json json(std::vector<std::string> words);  // the same with --json

  const std::string& kb() const { return kb_; }
  const std::string& site() const { return site_; }
  std::string research() const { return site_ + "/content/research"; }  // the section's folder
  const LoopbackServer& server() const { return server_; }

 private:
  void serve(const std::string& look);

  Program program_;
  TemporaryFolder folder_;
  std::string kb_ = folder_ / "kb";
  std::string site_ = folder_ / "site";
  LoopbackServer server_;
};

}  // namespace stubkeeper::testing
