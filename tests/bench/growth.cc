// How import, check and export grow with the section: generated sections of 1,000, 3,000 and 10,000 entries,
// each measured whole, with the time for one entry beside that of the smallest section. Linear growth keeps
// that near 1.
//
// Usage: stubkeeper-growth-bench [RUNS]    (docs/performance.md)

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "tests/bench/generated_section.h"
#include "tests/bench/measured_program.h"
#include "tests/bench/table.h"

namespace {

namespace fs = std::filesystem;
using stubkeeper::bench::make_section;
using stubkeeper::bench::run_measured;
using stubkeeper::bench::Table;

const std::string program = STUBKEEPER_PROGRAM;
void measure(const fs::path& scratch, int count, int runs, Table& table) {
  const std::string section = (scratch / fmt::format("section-{}", count)).string();
  make_section(section, count);
  for (int run = 0; run < runs; ++run) {
    const fs::path folder = scratch / fmt::format("run-{}-{}", count, run);
    const std::string kb = (folder / "kb").string();
    const std::string out = (folder / "out").string();
    run_measured({program, "init", kb, "--site", out});
    const auto measured = [&](const char* what, const std::vector<std::string>& words,
                              bool may_fail = false) {
      table.add(fmt::format("{} {}", what, count), run_measured(words, may_fail));
    };
    measured("import", {program, "import", "--quiet", "--kb", kb, section});
    measured("check", {program, "check", "--quiet", "--kb", kb}, true);
    measured("export of all", {program, "export", "--quiet", "--kb", kb});
    measured("export of nothing", {program, "export", "--quiet", "--kb", kb});
    fs::remove_all(folder);
  }
  fs::remove_all(section);
}

}  // namespace

int main(int argument_count, char** words) {
  const int runs = argument_count > 1 ? std::max(1, std::atoi(words[1])) : 3;
  std::string pattern = (fs::temp_directory_path() / "stubkeeper-growth-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    std::cerr << "no temporary folder can be made\n";
    return 1;
  }
  const std::vector<int> counts{1'000, 3'000, 10'000};
  Table table;
  for (const int count : counts) measure(pattern, count, runs, table);
  fs::remove_all(pattern);

  fmt::print("Generated sections, medians of {} runs\n", runs);
  fmt::print("{:<20} {:>8} {:>10} {:>8} {:>14} {:>16}\n", "", "entries", "median ms", "MB", "ms an entry",
             "to 1,000's");
  for (const char* what : {"import", "check", "export of all", "export of nothing"}) {
    double first = 0;
    for (const int count : counts) {
      const std::string name = fmt::format("{} {}", what, count);
      const double each = table.median_milliseconds(name) / count;
      if (first == 0) first = each;
      fmt::print("{:<20} {:>8} {:>10.0f} {:>8.0f} {:>14.3f} {:>16.2f}\n", what, count,
                 table.median_milliseconds(name), table.max_megabytes(name), each, each / first);
    }
  }
  return 0;
}
