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

#include "kb/entry_store.h"
#include "kb/proposals.h"
#include "kb/runs.h"
#include "kb/snapshots.h"
#include "kb/sources.h"
#include "tests/bench/generated_section.h"
#include "tests/bench/measured_program.h"
#include "tests/bench/table.h"

namespace {

namespace fs = std::filesystem;
using namespace stubkeeper;
using stubkeeper::bench::run_measured;
using stubkeeper::bench::Table;

const std::string program = STUBKEEPER_PROGRAM;
constexpr int entries = 1'000;
constexpr int changes_of_an_entry = 10;

[[noreturn]] void give_up(const Error& error) {
  std::cerr << "the benchmark cannot go on: " << error.text() << '\n';
  std::exit(1);
}

template <typename T>
T need(Result<T> result) {
  if (!result.ok()) give_up(result.error());
  return std::move(result).value();
}

std::string sentence(int entry, int change) {
  return fmt::format("Company {} delivered {} pumps of a new kind to town {} in the year 20{:02}.", entry,
                     1'000 + change * 37 + entry, change * 13 + 7, 10 + change);
}

// What refreshes would have left: a page for each entry, and changes that quote it.
void propose_changes(const std::string& kb_folder) {
  const auto store = need(kb::Store::open(kb_folder + "/kb.sqlite"));
  const Timestamp now = SystemClock{}.now();
  const Status done = store->atomically([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto run, kb::Runs{*store}.begin("bench", now));
    STUBKEEPER_ASSIGN(const auto all, kb::EntryStore{*store}.list());
    int number = 0;
    for (const kb::Entry& entry : all) {
      if (entry.kind != kb::EntryKind::entry) continue;
      std::string text;
      for (int i = 0; i < changes_of_an_entry; ++i) text += sentence(number, i) + "\n\n";
      const std::string address = fmt::format("https://news.example/{}", number);
      STUBKEEPER_ASSIGN(const auto source,
                        kb::Sources{*store}.add(kb::SourceKind::page, address, "News", now));
      kb::Snapshots snapshots{*store};
      STUBKEEPER_ASSIGN(const auto document, snapshots.document(source, address, address));
      kb::NewSnapshot snapshot;
      snapshot.facts.fetched_at = now;
      snapshot.facts.title = "News";
      snapshot.facts.content_type = "text/html";
      snapshot.body = text;
      snapshot.text = text;
      STUBKEEPER_ASSIGN(const auto snapshot_id, snapshots.add(document.id, snapshot));
      std::vector<kb::Proposals::NewChange> changes;
      for (int i = 0; i < changes_of_an_entry; ++i) {
        kb::Proposals::NewChange change;
        change.kind = "add development";
        change.edit.kind = entries::EditKind::prepend_development;
        change.edit.part = "Notable Developments";
        change.edit.date = fmt::format("20{:02}-05", 10 + i);
        change.edit.text = sentence(number, i);
        change.place = "Notable Developments";
        change.new_text = "- **" + change.edit.date + ":** " + change.edit.text;
        change.reason = "a new sentence with a date";
        kb::Citation citation;
        citation.snapshot_id = snapshot_id;
        citation.quote = change.edit.text;
        citation.begin_byte = text.find(citation.quote);
        citation.end_byte = citation.begin_byte + citation.quote.size();
        change.citations.push_back(citation);
        if (i == 3) {
          change.flags.emplace_back();
          change.flags.back().name = "old-source";
        }
        changes.push_back(std::move(change));
      }
      STUBKEEPER_ASSIGN(
          [[maybe_unused]] const auto proposal,
          kb::Proposals{*store}.propose(run, entry.id, entry.current_revision_id, "bench", now, {}, changes));
      ++number;
    }
    return {};
  });
  if (!done.ok()) give_up(done.error());
}

std::vector<std::string> first_of_each_entry(const std::string& kb_folder) {
  const auto store = need(kb::Store::open(kb_folder + "/kb.sqlite"));
  std::vector<std::string> ids;
  kb::Id last_entry = 0;
  for (const kb::Change& change : need(kb::Proposals{*store}.list({}))) {
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
  propose_changes(kb);

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
  for (const std::string& id : first_of_each_entry(kb)) approve.push_back(id);
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
