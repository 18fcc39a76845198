// How import, check and export grow with the section: generated sections of 1,000, 3,000 and 10,000 entries,
// each measured whole, with the time for one entry beside that of the smallest section. Linear growth keeps
// that near 1.
//
// Usage: stubkeeper-growth-bench [RUNS]    (docs/performance.md)

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "tests/bench/measured_program.h"
#include "tests/bench/table.h"

namespace {

namespace fs = std::filesystem;
using stubkeeper::bench::run_measured;
using stubkeeper::bench::Table;

const std::string program = STUBKEEPER_PROGRAM;
constexpr int entries_of_a_topic = 50;

std::string name_of(int entry) {
  return fmt::format("company-{:05}", entry);
}

std::string topic_of(int entry) {
  return fmt::format("topic-{:03}", entry / entries_of_a_topic);
}

// An entry as the section has them: front matter, facts, prose, developments, a table, links to its
// neighbours, sources. Some have what checks find. About 4 KB.
std::string entry_page(int entry, int count) {
  const std::string name = fmt::format("Company {}", entry);
  const std::string host = fmt::format("https://company-{}.example", entry);
  std::string page = fmt::format(
      "---\ntitle: \"{0}\"\ndate: 2026-01-{1:02}\nlastmod: 2026-03-{1:02}\ndraft: false\ndescription: \"What "
      "{0} makes, and for whom.\"\n"
      "research_area: \"{2}\"\nsource_urls:\n  - \"{3}/about\"\n  - \"{3}/news\"\n  - "
      "\"https://press.example/{4}\"\n"
      "last_reviewed: 2026-03-{1:02}\nstale_after_days: {5}\n---\n\n> **⚠ Disclaimer:** This entry may be "
      "incomplete, out of date, or "
      "inaccurate.\n\n## Summary\n\n{0} makes heat pumps of the {1}th kind for halls that were built before "
      "their time. ",
      name, entry % 28 + 1, topic_of(entry), host, entry, 90 + entry % 300);
  for (int sentence = 0; sentence < 8; ++sentence) {
    page += fmt::format(
        "Its works number {} turns out {} units a year, which [its report]({}/report-{}) lays out. ",
        sentence + 1, 100 + (entry * 37 + sentence * 11) % 900, host, sentence);
  }
  page += fmt::format(
      "\n\n## Key Facts\n\n- **Founded:** {}\n- **Headquarters:** Town {}\n- **Employees:** ~{}\n- **Type:** "
      "Company\n",
      1980 + entry % 45, entry % 211, 20 + entry % 700);
  page += fmt::format(
      "\n## What It Is / How It Works\n\nA pump of {} moves heat from where it is to where it is wanted, as "
      "one of "
      "[its neighbour's]({{{{< relref \"{}.md\" >}}}}) does.\n\n| model | kW | year |\n|---|---|---|\n",
      name, name_of((entry + 1) % count));
  for (int row = 0; row < 6; ++row)
    page += fmt::format("| P{}-{} | {} | {} |\n", entry, row, 5 + row * 7, 2010 + row);
  page += "\n## Notable Developments\n\n";
  for (int month = 12; month > 4; --month) {
    page += fmt::format(
        "- **2025-{:02}:** Delivered {} pumps to town {} and hired {} people. ([News]({}/news))\n", month,
        10 + (entry + month) % 90, (entry * month) % 311, month, host);
  }
  page += fmt::format(
      "\n## Key People\n\n- **Ada Lind {0}** — founder "
      "([LinkedIn](https://www.linkedin.com/in/ada-lind-{0}))\n\n"
      "### People — Last Reviewed: 2026-03-01\n\n## Sources\n\n- [About]({1}/about)\n- [News]({1}/news)\n"
      "- [Press](https://press.example/{0})\n",
      entry, host);
  return page;
}

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream{file, std::ios::binary} << text;
}

void make_section(const fs::path& folder, int count) {
  write(folder / "_index.md",
        "---\ntitle: \"Research\"\ndate: 2026-01-01\n---\n\n## Overview\n\nAll of it.\n");
  for (int entry = 0; entry < count; ++entry) {
    if (entry % entries_of_a_topic == 0) {
      write(folder / topic_of(entry) / "_index.md",
            fmt::format("---\ntitle: \"{}\"\ndate: 2026-01-01\n---\n\n## Overview\n\nA topic.\n",
                        topic_of(entry)));
    }
    write(folder / topic_of(entry) / (name_of(entry) + ".md"), entry_page(entry, count));
  }
}

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
                 table.median_milliseconds(name), table.most_megabytes(name), each, each / first);
    }
  }
  return 0;
}
