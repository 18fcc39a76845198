// Review and export at size: a generated section of 1,000 entries with ten waiting changes each, a tenth of
// them flagged, every one with a quote.
//
//   `review list` of 10,000 changes, as lines and as JSON, against `check` of the same section (processor
//   time: how long it is really worked on);
//   1,000 changes approved together, one in each entry, and exported, against Hugo building what comes of it.
//
// Usage: stubkeeper-review-bench [RUNS]    (docs/performance.md)

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "kb/review/proposals.h"
#include "tests/bench/generated_section.h"
#include "tests/bench/measured_program.h"
#include "tests/bench/table.h"
#include "tests/bench/value_or_exit.h"
#include "tests/bench/waiting_changes.h"

namespace {

namespace fs = std::filesystem;
using namespace stubkeeper;
using stubkeeper::bench::value_or_exit;
using stubkeeper::bench::run_measured;
using stubkeeper::bench::Table;

const std::string program = STUBKEEPER_PROGRAM;
constexpr int entries = 1'000;

std::vector<std::string> first_change_per_entry(const std::string& kb_folder) {
  const auto store = value_or_exit(kb::Store::open(kb_folder + "/kb.sqlite"));
  std::vector<std::string> ids;
  kb::Id last_entry = 0;
  for (const kb::Change& change : value_or_exit(kb::Proposals{*store}.list({}))) {
    if (change.entry_id != last_entry) ids.push_back(std::to_string(change.id));
    last_entry = change.entry_id;
  }
  return ids;
}

void measure(const fs::path& scratch, int run, Table& lists, Table& approvals) {
  const fs::path site = scratch / fmt::format("site-{}", run);
  fs::copy(fs::path{STUBKEEPER_SOURCE} / "tests/data/site", site, fs::copy_options::recursive);
  const std::string content = (site / "content/research").string();
  const std::string kb = (scratch / fmt::format("kb-{}", run)).string();
  bench::make_section(content, entries);
  run_measured({program, "init", kb, "--site", content});
  run_measured({program, "import", "--quiet", "--kb", kb, content});
  bench::propose_changes(kb);

  const auto processor = [](bench::Cost cost) {
    cost.milliseconds = cost.processor_milliseconds;
    return cost;
  };
  lists.add("check", processor(run_measured({program, "check", "--quiet", "--kb", kb}, true)));
  lists.add("review list", processor(run_measured({program, "review", "list", "--kb", kb})));
  lists.add("review list --json", processor(run_measured({program, "review", "list", "--json", "--kb", kb})));
  lists.add("review list --flagged",
            processor(run_measured({program, "review", "list", "--flagged", "--kb", kb})));

  std::vector<std::string> approve{program, "review", "approve", "--quiet", "--kb", kb};
  for (const std::string& id : first_change_per_entry(kb)) approve.push_back(id);
  const bench::Cost approved = run_measured(approve);
  const bench::Cost exported = run_measured({program, "export", "--quiet", "--kb", kb});
  approvals.add("review approve, 1,000 changes", approved);
  approvals.add("export of 1,000 files", exported);
  approvals.add("both", {approved.milliseconds + exported.milliseconds,
                         approved.processor_milliseconds + exported.processor_milliseconds,
                         std::max(approved.megabytes, exported.megabytes)});
  approvals.add("hugo", run_measured({"hugo", "--quiet", "--source", site.string()}));
  fs::remove_all(site);
  fs::remove_all(kb);
}

}  // namespace

int main(int argument_count, char** words) {
  const int runs = argument_count > 1 ? std::max(1, std::atoi(words[1])) : 3;
  std::string pattern = (fs::temp_directory_path() / "stubkeeper-review-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    std::cerr << "no temporary folder can be made\n";
    return 1;
  }
  Table lists;
  Table approvals;
  for (int run = 0; run < runs; ++run) measure(pattern, run, lists, approvals);
  fs::remove_all(pattern);
  fmt::print("10,000 waiting changes of 1,000 entries, {} runs, processor time\n", runs);
  lists.print("check");
  fmt::print("1,000 changes approved and exported, {} runs, wall clock\n", runs);
  approvals.print("hugo");
  return 0;
}
