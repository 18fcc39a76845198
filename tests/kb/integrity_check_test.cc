#include "kb/store/integrity_check.h"

#include <filesystem>
#include <fstream>

#include "kb/runs/runs.h"
#include "kb/sources/snapshots.h"
#include "tests/support/catch.h"
#include "tests/support/ok.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::testing;
using namespace std::chrono_literals;

namespace {

const Timestamp first_run = *parse_rfc3339("2026-11-23T10:00:00Z");

struct Fixture {
  TemporaryFolder folder;
  std::string file = folder / "kb.sqlite";

  Fixture() {
    const auto store = ok(Store::create(file));
    for (int i = 0; i < 200; ++i) ok(Bodies{*store}.put("body " + std::to_string(i) + std::string(300, 'x')));
  }
  // What a refresh does around its work; whether it may.
  bool run(Timestamp now, std::optional<RunState> end = RunState::done) {
    const auto store = ok(Store::open(file));
    if (!ok(check_before_run(*store, now, false)).empty()) return false;
    const Id run = ok(Runs{*store}.begin("extractive", now));
    if (end) REQUIRE(Runs{*store}.end(run, *end, now, "{}", 0, 0).ok());
    return true;
  }
  // Overwrites a page of the file where it stands, as a failing disk does: one that nothing reads before a
  // run.
  void damage() {
    constexpr std::streamoff page_size = 4096;
    const auto pages = static_cast<std::streamoff>(std::filesystem::file_size(file)) / page_size;
    std::fstream stream{file, std::ios::in | std::ios::out | std::ios::binary};
    const std::string nothing(page_size, '\x5A');
    for (std::streamoff page = pages - 3; page < pages; ++page) {
      stream.seekp(page * page_size);
      stream.write(nothing.data(), page_size);
    }
  }
};

}  // namespace

TEST_CASE("a file that was never found sound is checked before a run") {
  Fixture f;
  f.damage();
  CHECK_FALSE(f.run(first_run));
}

TEST_CASE("a file that was found sound is trusted for a day and no longer") {
  Fixture f;
  REQUIRE(f.run(first_run));
  f.damage();
  CHECK(f.run(first_run + 23h));
  CHECK_FALSE(f.run(first_run + 24h));
  // Damage is found again until the file is another.
  CHECK_FALSE(f.run(first_run + 24h));
}

TEST_CASE("a run that did not come to its end has the file checked by the next one") {
  const auto [end, checked] = GENERATE(table<std::optional<RunState>, bool>(
      {{std::nullopt, true}, {RunState::failed, true}, {RunState::done, false}, {RunState::partial, false}}));
  Fixture f;
  REQUIRE(f.run(first_run, end));
  f.damage();
  CHECK(f.run(first_run + 1h) != checked);
}

TEST_CASE("a clock that was set back has the file checked") {
  Fixture f;
  REQUIRE(f.run(first_run));
  f.damage();
  CHECK_FALSE(f.run(first_run - 1h));
}

TEST_CASE("a store that somebody left open has its file checked") {
  Fixture f;
  REQUIRE(f.run(first_run));
  f.damage();
  write_file(f.file + "-wal", "");
  CHECK_FALSE(f.run(first_run + 1h));
}

TEST_CASE("a copy in the place of the file that was found sound is checked") {
  Fixture f;
  REQUIRE(f.run(first_run));
  f.damage();
  std::filesystem::copy_file(f.file, f.file + ".copy");
  std::filesystem::rename(f.file + ".copy", f.file);
  CHECK_FALSE(f.run(first_run + 1h));
}

TEST_CASE("a look that may not write notes nothing and trusts what was noted") {
  Fixture f;
  const auto looks_sound = [&](Timestamp now) {
    return ok(check_before_run(*ok(Store::open(f.file)), now, true)).empty();
  };
  REQUIRE(looks_sound(first_run));
  f.damage();
  CHECK_FALSE(looks_sound(first_run + 1h));
}
