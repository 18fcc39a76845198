// A store that may be read and not written is told from one that is damaged.

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "kb/sources/sources.h"
#include "kb/store/store.h"
#include "tests/support/catch.h"
#include "tests/support/ok.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::testing;

namespace {

// Runs a step as a user who may write nowhere: root may, whatever the rights of a file say. Whether it gave true.
bool holds_without_rights(const std::function<bool()>& step) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    constexpr uid_t nobody = 65'534;
    if (::getuid() == 0 && ::setuid(nobody) != 0) ::_exit(2);
    ::_exit(step() ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  return WEXITSTATUS(status) == 0;
}

struct ReadOnlyStore {
  ReadOnlyStore() {
    auto store = ok(Store::create(file));
    ok(Sources{*store}.add("page", "https://example.org/a", "", Timestamp{}));
    store.reset();
    protect(0444, 0555);
  }
  ~ReadOnlyStore() { protect(0644, 0755); }
  void protect(mode_t of_file, mode_t of_folder) {
    REQUIRE(::chmod(file.c_str(), of_file) == 0);
    REQUIRE(::chmod(folder.path().c_str(), of_folder) == 0);
  }

  TemporaryFolder folder;
  std::string file = folder / "kb.sqlite";
};

}  // namespace

TEST_CASE("a store in a read-only folder is read") {
  ReadOnlyStore read_only;
  CHECK(holds_without_rights([&] {
    const auto store = Store::open(read_only.file);
    return store.ok() && Sources{**store}.list()->size() == 1;
  }));
}

TEST_CASE("a write to a store in a read-only folder fails as what it is, and not as damage") {
  ReadOnlyStore read_only;
  CHECK(holds_without_rights([&] {
    const auto store = Store::open(read_only.file);
    if (!store.ok()) return false;
    const Status written = Sources{**store}.set_state(1, SourceState::paused);
    return !written.ok() && written.error().code == ErrorCode::io &&
           written.error().message.find("read-only") != std::string::npos &&
           written.error().text().find("restore") == std::string::npos;
  }));
}

TEST_CASE("a read-only file in a folder that may be written to is read, too") {
  ReadOnlyStore read_only;
  read_only.protect(0444, 0777);
  CHECK(holds_without_rights([&] { return Store::open(read_only.file).ok(); }));
}

TEST_CASE("a store that nobody but its owner may read says that, and not that it is damaged") {
  ReadOnlyStore read_only;
  read_only.protect(0600, 0755);
  CHECK(holds_without_rights([&] {
    if (::access(read_only.file.c_str(), R_OK) == 0) return true;  // its owner runs the test
    const auto store = Store::open(read_only.file);
    return !store.ok() && store.error().code == ErrorCode::io &&
           store.error().message == "cannot be read: Permission denied" &&
           store.error().text().find("restore") == std::string::npos;
  }));
}
