#include "tests/bench/generated_section.h"

#include <fmt/format.h>

#include <fstream>
#include <string>

namespace stubkeeper::bench {
namespace {

namespace fs = std::filesystem;

constexpr int entries_per_topic = 50;

std::string entry_name(int entry) {
  return fmt::format("company-{:05}", entry);
}

std::string topic_name(int entry) {
  return fmt::format("topic-{:03}", entry / entries_per_topic);
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
      name, entry % 28 + 1, topic_name(entry), host, entry, 90 + entry % 300);
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
      name, entry_name((entry + 1) % count));
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

}  // namespace

void make_section(const fs::path& folder, int count) {
  write(folder / "_index.md",
        "---\ntitle: \"Research\"\ndate: 2026-01-01\n---\n\n## Overview\n\nAll of it.\n");
  for (int entry = 0; entry < count; ++entry) {
    if (entry % entries_per_topic == 0) {
      write(folder / topic_name(entry) / "_index.md",
            fmt::format("---\ntitle: \"{}\"\ndate: 2026-01-01\n---\n\n## Overview\n\nA topic.\n",
                        topic_name(entry)));
    }
    write(folder / topic_name(entry) / (entry_name(entry) + ".md"), entry_page(entry, count));
  }
}

}  // namespace stubkeeper::bench
