#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>

#include "base/subprocess.h"
#include "tests/support/catch.h"
#include "tests/support/program.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

// The exit code of the plain program (plain/limited.cpp), which has 200 MB and one second.
int limited(const std::string& way) {
  return run_program({LIMITED_PROGRAM, way}).exit_code;
}

constexpr int out_of_memory = 70;

}  // namespace

TEST_CASE("a process that takes more memory than it may ends with the status for that") {
  CHECK(limited("memory") == out_of_memory);
}

TEST_CASE("an allocation beyond the limit is refused before a byte of it is touched") {
  CHECK(limited("address-space") == out_of_memory);
}

TEST_CASE("a process that computes for longer than it may is ended by SIGXCPU") {
  CHECK(limited("time") == 128 + SIGXCPU);
}

TEST_CASE("a sealed process reads what is open, and opens nothing else but in its readable folders") {
  CHECK(limited("reading") == 0);
  CHECK(limited("files") == 0);
  CHECK(limited("readable-folder") == 0);
  CHECK(limited("writing") == 0);
}

TEST_CASE("a sealed process has no network and starts no process") {
  CHECK(limited("network") == 0);
  CHECK(limited("process") == 0);
}
