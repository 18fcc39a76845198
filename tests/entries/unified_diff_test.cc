#include "entries/unified_diff.h"

#include <random>

#include "tests/support/catch.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using stubkeeper::entries::unified_diff;
using namespace stubkeeper::testing;

TEST_CASE("a changed line is shown with three lines around it") {
  CHECK(unified_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n", "a.md") ==
        "--- a/a.md\n+++ b/a.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  CHECK(unified_diff("a\n", "a\n", "a.md") == "");
  CHECK(unified_diff("", "a\n", "a.md") == "--- a/a.md\n+++ b/a.md\n@@ -0,0 +1 @@\n+a\n");
  CHECK(unified_diff("a", "a\n", "a.md") ==
        "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
}

TEST_CASE("patch makes the one text of the other") {
  std::mt19937 random{3};
  const TemporaryFolder folder;
  for (int round = 0; round < 60; ++round) {
    const auto text = [&](std::size_t lines) {
      std::string all;
      for (std::size_t i = 0; i < lines; ++i) all += "line " + std::to_string(random() % 9) + "\n";
      return all;
    };
    std::string before = text(30);
    std::string after = before;
    for (int i = 0; i < 3; ++i) {
      const std::size_t at = after.find('\n', random() % after.size());
      if (at != std::string::npos) after.insert(at + 1, random() % 2 == 0 ? "new\n" : "");
      if (random() % 2 == 0 && after.size() > 60) after.erase(after.find('\n') + 1, 7);
    }
    if (before == after) continue;
    write_file(folder / "a.md", before);
    write_file(folder / "a.diff", unified_diff(before, after, "a.md"));
    const auto patched = run_program({"patch", "-p1", "-s", "-i", "a.diff"}, {folder.path(), {}, ""});
    INFO(read_file(folder / "a.diff") << patched.out << patched.err);
    REQUIRE(patched.exit_code == 0);
    REQUIRE(read_file(folder / "a.md") == after);
  }
}
