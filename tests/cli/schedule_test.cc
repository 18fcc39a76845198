// The schedule, with cron's own programs and environment.

#include <cstdlib>
#include <sstream>

#include "tests/cli/knowledge_base.h"
#include "tests/cli/stream_terminal.h"
#include "tests/support/catch.h"

using namespace stubkeeper::testing;

namespace {

// Runs a script by sh where the crontabs are a folder of its own, so that no crontab of this machine is touched.
int run_with_own_crontabs(const std::string& script) {
  const std::string prepared =
      "mount -t tmpfs tmpfs /var/spool/cron && mkdir /var/spool/cron/crontabs && set -e\n" + script;
  TemporaryFolder folder;
  write_file(folder / "script", prepared);
  return std::system(("unshare --map-root-user --mount sh '" + (folder / "script") + "' >'" +
                      (folder / "out") + "' 2>&1 || { cat '" + (folder / "out") + "'; exit 1; }")
                         .c_str());
}

// The crontab line of `schedule`, without its times.
std::string scheduled_command(const std::string& printed) {
  std::istringstream lines{printed};
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream words{line};
    std::string word;
    for (int i = 0; i < 5; ++i) words >> word;
    std::string command;
    std::getline(words, command);
    return command;
  }
  return "";
}

}  // namespace

TEST_CASE("the line that schedule prints runs in cron's environment, however the program was called") {
  TestKnowledgeBase base;
  // As a name that is found in PATH.
  const std::string program = STUBKEEPER_PROGRAM;
  const std::string folder = program.substr(0, program.rfind('/'));
  write_file(base.folder / "print", "PATH='" + folder + "':$PATH stubkeeper schedule --kb '" + base.kb +
                                        "' >'" + (base.folder / "printed") + "'");
  REQUIRE(std::system(("sh '" + (base.folder / "print") + "' 2>/dev/null").c_str()) == 0);
  const std::string command = scheduled_command(read_file(base.folder / "printed"));
  REQUIRE_FALSE(command.empty());
  write_file(base.folder / "command", command + "\n");
  CHECK(std::system(
            ("env -i PATH=/usr/bin:/bin HOME=\"$HOME\" sh '" + (base.folder / "command") + "'").c_str()) ==
        0);
  CHECK(base.json({"status"})["last_run"]["state"] == "done");
}

TEST_CASE("install and remove leave the other lines of a real crontab alone") {
  TestKnowledgeBase base;
  const std::string call = std::string{STUBKEEPER_PROGRAM} + " --quiet --kb '" + base.kb + "' schedule ";
  CHECK(run_with_own_crontabs("printf '# mine\\n5 4 * * * /usr/bin/true\\n' | crontab -\n"
                              "cd \"$(mktemp -d)\"; crontab -l >before\n" +
                              call + "install --every 6\n" + call +
                              "install --every 12\n"
                              "test \"$(crontab -l | grep -c ' refresh ')\" = 1\n"
                              "crontab -l | grep -q '^17 \\*/12 '\n"
                              "crontab -l | head -n 2 | cmp - before\n" +
                              call +
                              "remove\n"
                              "crontab -l | cmp - before\n"
                              "! " +
                              call + "remove\n") == 0);
}

TEST_CASE("where there was no crontab, none is left") {
  TestKnowledgeBase base;
  const std::string call = std::string{STUBKEEPER_PROGRAM} + " --quiet --kb '" + base.kb + "' schedule ";
  CHECK(run_with_own_crontabs(call + "install\ncrontab -l | grep -q refresh\n" + call +
                              "remove\n! crontab -l\n") == 0);
}

TEST_CASE("an option before the subcommand is heard") {
  TestKnowledgeBase base;
  const auto printed = base.run_ok({"schedule", "--every", "6", "show"}).out;
  CHECK(printed.find("17 */6 ") != std::string::npos);
  const auto timer = base.run_ok({"schedule", "show", "--form", "systemd"}).out;
  CHECK(timer.find("OnCalendar=") != std::string::npos);
  CHECK(base.run({"schedule", "--form", "anacron"}).exit_code == 2);
}

TEST_CASE("status says that no run came for two intervals") {
  TemporaryFolder folder;
  StreamTerminal terminal;
  const std::string kb = folder / "kb";
  REQUIRE(terminal.run({"init", kb}, "") == 0);
  for (int day = 0; day < 3; ++day) {
    REQUIRE(terminal.run({"refresh", "--quiet", "--kb", kb}, "") == 0);
    terminal.clock.advance(std::chrono::hours{24});
  }
  REQUIRE(terminal.run({"status", "--kb", kb}, "") == 0);
  CHECK(terminal.out.str().find("overdue") == std::string::npos);
  terminal.clock.advance(std::chrono::hours{30});
  REQUIRE(terminal.run({"status", "--kb", kb}, "") == 0);
  CHECK(terminal.out.str().find("overdue    no run came for 54 hours, although they came every 24 hours") !=
        std::string::npos);
}
