#include "review/related_entries.h"

#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::review;

namespace {

kb::Entry entry(kb::Id id, const std::string& path, const std::string& title,
                kb::EntryState state = kb::EntryState::published) {
  kb::Entry made;
  made.id = id;
  made.path = path;
  made.file = path + ".md";
  made.title = title;
  made.state = state;
  return made;
}

llm::Task make_task(const std::string& text) {
  llm::Task task;
  llm::TaskPassage passage;
  passage.snapshot_id = 1;
  passage.text = text;
  task.passages.push_back(passage);
  task.snapshots.push_back({1, text, "", "", ""});
  return task;
}

std::vector<std::string> paths_of(const std::vector<llm::RelatedEntry>& related) {
  std::vector<std::string> paths;
  for (const llm::RelatedEntry& each : related) paths.push_back(each.path);
  return paths;
}

}  // namespace

TEST_CASE("entries that the passages name come before neighbours and lead there from the entry") {
  const std::vector<kb::Entry> all{entry(1, "heat/saltline", "Saltline"), entry(2, "heat/brine", "Brinewerk"),
                                   entry(3, "power/kiln", "Kiln Works (KW)"),
                                   entry(4, "power/kiln2", "Other")};
  const auto related = RelatedEntries{all}.select(all[0], make_task("Saltline buys from Kiln Works."));
  REQUIRE(paths_of(related) == std::vector<std::string>{"power/kiln", "heat/brine"});
  CHECK(related[0].reference == "kiln.md");
  CHECK(related[0].title == "Kiln Works (KW)");
}

TEST_CASE("stubs and removed entries and namesakes are no related entries") {
  const std::vector<kb::Entry> all{
      entry(1, "heat/saltline", "Saltline"), entry(2, "heat/stub", "Brinewerk", kb::EntryState::stub),
      entry(3, "heat/gone", "Kilnwerk", kb::EntryState::removed), entry(4, "heat/saltline-2", "Saltline")};
  CHECK(RelatedEntries{all}.select(all[0], make_task("Brinewerk and Kilnwerk and Saltline")).empty());
}

TEST_CASE("related entries are bounded") {
  std::vector<kb::Entry> all{entry(1, "heat/saltline", "Saltline")};
  std::string text;
  for (int i = 2; i < 40; ++i) {
    all.push_back(entry(i, "heat/n" + std::to_string(i), "Namewerk" + std::to_string(i)));
    text += "Namewerk" + std::to_string(i) + " and ";
  }
  CHECK(RelatedEntries{all}.select(all[0], make_task(text)).size() == 12);
  CHECK(RelatedEntries{all}.select(all[0], make_task("nobody")).size() == 4);
}

TEST_CASE("a section page refers to its entries by their paths") {
  std::vector<kb::Entry> all{entry(1, "heat", "Heat"), entry(2, "heat/brine", "Brinewerk")};
  all[0].file = "heat/_index.md";
  all[0].kind = kb::EntryKind::section;
  const auto related = RelatedEntries{all}.select(all[0], make_task("Brinewerk grew."));
  REQUIRE(related.size() == 1);
  CHECK(related[0].reference == "brine.md");
}
