#include "base/subprocess.h"

#include <csignal>

#include "tests/support/catch.h"

using namespace stubkeeper;

namespace {

SubprocessCommand shell(const std::string& script) {
  SubprocessCommand command;
  command.arguments = {"/bin/sh", "-c", script};
  return command;
}

}  // namespace

TEST_CASE("a program gets its input and gives its output and exit status") {
  SubprocessCommand command = shell("cat; exit 3");
  const std::string input(1'000'000, 'x');
  command.input = input;
  command.max_output_bytes = input.size();
  const auto result = run_subprocess(command);
  REQUIRE(result.ok());
  CHECK(result->output == input);
  CHECK(result->exit_code == 3);
  CHECK(result->signal == 0);
}

TEST_CASE("a signal that ended a program is told") {
  const auto result = run_subprocess(shell("kill -s SEGV $$"));
  REQUIRE(result.ok());
  CHECK(result->signal == SIGSEGV);
  CHECK(result->exit_code == 128 + SIGSEGV);
}

TEST_CASE("a program is ended, with its children, once the program is to stop") {
  SubprocessCommand command = shell("sleep 600 & sleep 600");
  command.timeout = std::chrono::minutes{10};
  int asked = 0;
  command.keep_going = [&] { return ++asked < 2; };
  const auto begun = std::chrono::steady_clock::now();
  const auto result = run_subprocess(command);
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().code == ErrorCode::busy);
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds{2});
}

TEST_CASE("a program with an environment of its own sees nothing of this one's") {
  SubprocessCommand command = shell("echo \"$GIVEN, $HOME\"");
  command.environment = {"GIVEN=this"};
  const auto result = run_subprocess(command);
  REQUIRE(result.ok());
  CHECK(result->output == "this, \n");
}

TEST_CASE("too much output, too little time and a program that is not there are errors of their own") {
  SubprocessCommand loud = shell("while :; do echo 0123456789; done");
  loud.max_output_bytes = 1'000;
  CHECK(run_subprocess(loud).error().code == ErrorCode::limit);
  SubprocessCommand slow = shell("sleep 600");
  slow.timeout = std::chrono::milliseconds{50};
  CHECK(run_subprocess(slow).error().code == ErrorCode::timeout);
  SubprocessCommand missing;
  missing.arguments = {"/nowhere/program"};
  CHECK(run_subprocess(missing).error().code == ErrorCode::not_found);
}
