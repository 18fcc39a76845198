// What someone meets who has not read the manual.

#include "tests/support/catch.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper::testing;

namespace {

const std::vector<std::string> commands{"init",     "import", "source",  "refresh", "review",  "export",
                                        "check",    "why",    "history", "revert",  "status",  "schedule",
                                        "reviewed", "report", "backup", "restore", "doctor",  "extract", "robots", "verify"};

}  // namespace

TEST_CASE("the help names every command and the way through") {
  const auto help = run_stubkeeper({"--help"});
  CHECK(help.exit_code == 0);
  CHECK(help.err == "");
  for (const std::string& command : commands)
    CHECK(help.out.find("\n  " + command + " ") != std::string::npos);
  CHECK(help.out.find("stubkeeper refresh && stubkeeper review && stubkeeper export") != std::string::npos);
}

TEST_CASE("each command's help has examples and the common options, and no line is too wide") {
  for (const std::string& command : commands) {
    INFO(command);
    const auto help = run_stubkeeper({command, "--help"});
    CHECK(help.exit_code == 0);
    const std::size_t examples = help.out.find("Examples:\n");
    REQUIRE(examples != std::string::npos);
    CHECK(help.out.find("  stubkeeper " + command, examples) != std::string::npos);
    CHECK(help.out.find("\n\n\n") == std::string::npos);
    for (const char* option : {"--kb DIR", "--json", "--quiet", "--verbose"})
      CHECK(help.out.find(option) != std::string::npos);
    CHECK(help.out.ends_with('\n'));
    std::size_t begin = 0;
    while (begin < help.out.size()) {
      const std::size_t end = help.out.find('\n', begin);
      INFO(help.out.substr(begin, end - begin));
      CHECK(end - begin <= 120);
      begin = end + 1;
    }
  }
}

TEST_CASE("a misspelt word is met with the nearest one") {
  const auto command = run_stubkeeper({"refesh"});
  CHECK(command.exit_code == 2);
  CHECK(command.err.find("unknown command \"refesh\"\n  did you mean \"refresh\"?") != std::string::npos);
  const auto option = run_stubkeeper({"refresh", "--forse"});
  CHECK(option.exit_code == 2);
  CHECK(option.err.find("did you mean \"--force\"?") != std::string::npos);
  const auto nested = run_stubkeeper({"review", "approve", "--all"});
  CHECK(nested.exit_code == 2);
  CHECK(nested.err.find("did you mean \"--all-unflagged\"?") != std::string::npos);
  const auto unlike = run_stubkeeper({"xyzzy"});
  CHECK(unlike.err.find("`stubkeeper --help` lists what there is") != std::string::npos);
}

TEST_CASE("no command, or half of one, is wrong usage that says where help is") {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{}, {"source"}, {"review", "edit"}, {"robots", "x"}}) {
    const auto result = run_stubkeeper(words);
    CHECK(result.exit_code == 2);
    CHECK(result.err.find("--help` ") != std::string::npos);
    CHECK(result.out == "");
  }
}

TEST_CASE("without a knowledge base the program says so and what to do") {
  const TemporaryFolder empty;
  for (const char* command : {"status", "refresh", "export", "check", "doctor"}) {
    INFO(command);
    const auto result = run_stubkeeper({command}, {empty.path(), {}, ""});
    CHECK(result.exit_code == 1);
    CHECK(result.err.find("neither this folder nor any above it is a knowledge base") != std::string::npos);
    CHECK(result.err.find("stubkeeper init DIR") != std::string::npos);
  }
  const auto named = run_stubkeeper({"status", "--kb", empty.path()});
  CHECK(named.err.find(empty.path() + ": is not a knowledge base") != std::string::npos);
  const auto by_variable = run_stubkeeper({"status"}, {"", {{"STUBKEEPER_KB", empty.path()}}, ""});
  CHECK(by_variable.err.find("$STUBKEEPER_KB") != std::string::npos);
}

TEST_CASE("the option --kb stands before or after the command, and a folder within is found") {
  const TemporaryFolder folder;
  REQUIRE(run_stubkeeper({"init", folder / "kb"}).exit_code == 0);
  CHECK(run_stubkeeper({"--kb", folder / "kb", "status"}).exit_code == 0);
  CHECK(run_stubkeeper({"status", "--kb", folder / "kb"}).exit_code == 0);
  CHECK(run_stubkeeper({"status"}, {folder / "kb/steering", {}, ""}).exit_code == 0);
  CHECK(run_stubkeeper({"init", folder / "kb"}).exit_code == 1);
}

TEST_CASE("an error with --json is one document too") {
  const TemporaryFolder empty;
  const auto result = run_stubkeeper({"status", "--json"}, {empty.path(), {}, ""});
  CHECK(result.exit_code == 1);
  CHECK(result.out.find("\"code\": \"not_found\"") != std::string::npos);
}

TEST_CASE("nothing waits for input without a terminal") {
  const TemporaryFolder folder;
  REQUIRE(run_stubkeeper({"init", folder / "kb"}).exit_code == 0);
  const auto walk = run_stubkeeper({"review", "--kb", folder / "kb"});
  CHECK(walk.exit_code != 0);
  CHECK(walk.err.find("terminal") != std::string::npos);
}

TEST_CASE("no escape sequences go where there is no terminal") {
  const TemporaryFolder folder;
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--help"}, {"init", folder / "kb"}, {"status", "--kb", folder / "kb"}}) {
    const auto result = run_stubkeeper(words);
    CHECK(result.out.find('\x1b') == std::string::npos);
    CHECK(result.err.find('\x1b') == std::string::npos);
  }
}
