#include "kb/store/run_lock.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

using stubkeeper::ErrorCode;
using stubkeeper::kb::RunLock;
using stubkeeper::testing::TemporaryFolder;

TEST_CASE("one process at a time holds the lock, and a dead one none") {
  const TemporaryFolder folder;
  const std::string file = folder / "refresh.lock";
  int ready[2];
  int stop[2];
  REQUIRE(pipe(ready) == 0);
  REQUIRE(pipe(stop) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const auto lock = RunLock::acquire(file);
    char byte = lock.ok() ? 'y' : 'n';
    if (write(ready[1], &byte, 1) != 1 || read(stop[0], &byte, 1) != 1) _exit(1);
    kill(getpid(), SIGKILL);  // without letting go
  }
  char byte = 0;
  REQUIRE(read(ready[0], &byte, 1) == 1);
  REQUIRE(byte == 'y');
  const auto refused = RunLock::acquire(file);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::busy);
  CHECK(refused.error().message.find(std::to_string(child)) != std::string::npos);
  REQUIRE(write(stop[1], "x", 1) == 1);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(RunLock::acquire(file).ok());
  for (const int end : {ready[0], ready[1], stop[0], stop[1]}) close(end);
}
