#include "base/parallel_for.h"

#include <atomic>
#include <filesystem>
#include <thread>

#include "base/file_system.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using stubkeeper::testing::read_file;
using stubkeeper::testing::TemporaryFolder;
using stubkeeper::testing::write_file;

TEST_CASE("work for many threads is done once for each index") {
  for (const std::size_t threads : {0U, 1U, 2U, 16U}) {
    std::vector<int> done(1'000, 0);
    parallel_for(done.size(), threads, [&](std::size_t i) { ++done[i]; });
    CHECK(std::count(done.begin(), done.end(), 1) == 1'000);
  }
  parallel_for(0, 16, [](std::size_t) { FAIL("there is nothing to do"); });
}

TEST_CASE("work for many threads goes on at the same time") {
  // Each waits until all four are at work: one after the other they would wait for ever.
  std::atomic<int> active_workers{0};
  parallel_for(4, 4, [&](std::size_t) {
    ++active_workers;
    while (active_workers < 4) std::this_thread::yield();
  });
  CHECK(active_workers == 4);
}

TEST_CASE("one thread is the caller's own") {
  std::vector<std::thread::id> by(3);
  parallel_for(by.size(), 1, [&](std::size_t i) { by[i] = std::this_thread::get_id(); });
  CHECK(by == std::vector<std::thread::id>(3, std::this_thread::get_id()));
}

TEST_CASE("files that are replaced together are looked at last on the caller's thread") {
  const TemporaryFolder folder;
  DiskFileSystem disk;
  std::vector<std::string> paths;
  for (int i = 0; i < 300; ++i) {
    paths.push_back(folder / ("page-" + std::to_string(i)));
    write_file(paths.back(), "old");
  }
  std::vector<FileToWrite> files;
  for (const std::string& path : paths) files.push_back({path, path});
  std::vector<std::size_t> looked_at;
  const auto outcomes = disk.write_all_atomically(files, [&](std::size_t i) -> Status {
    CHECK(read_file(paths[i]) == "old");
    looked_at.push_back(i);
    return {};
  });
  REQUIRE(outcomes.size() == 300);
  for (std::size_t i = 0; i < 300; ++i) {
    CHECK(outcomes[i].ok());
    CHECK(looked_at[i] == i);
    CHECK(read_file(paths[i]) == paths[i]);
  }
}
