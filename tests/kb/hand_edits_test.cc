// What an owner does to exported files: edits where the store is newer, deletions, moves; docs/architecture.md,
// invariant 1.

#include <filesystem>

#include "tests/kb/edited_site.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;
namespace fs = std::filesystem;

TEST_CASE("a conflict waits with its three texts, once, and the file stays as it is") {
  EditedSite site;
  site.make_conflict();
  const std::string disk = site.on_disk("heat/a.md");
  REQUIRE(site.waiting().size() == 1);
  site.export_again();
  REQUIRE(site.waiting().size() == 1);
  CHECK(site.on_disk("heat/a.md") == disk);
  const auto texts = Conflicts{*site.store}.texts(site.waiting().front());
  REQUIRE(texts.ok());
  CHECK(texts->base == page_saying("First."));
  CHECK(texts->theirs == disk);
  REQUIRE(texts->places.size() == 1);
  CHECK(texts->places[0].place == "Summary");
  CHECK(texts->places[0].ours == "First, in the store.\n\n");
  CHECK(texts->places[0].theirs == "First, on disk.\n\n");
}

TEST_CASE("a dry run finds a conflict and keeps nothing of it") {
  EditedSite site;
  write_file(site.content + "/heat/a.md", page_saying("First, on disk."));
  site.revise("heat/a", page_saying("First, in the store."));
  CHECK(site.export_again(true).count(ExportAction::conflict) == 1);
  CHECK(site.waiting().empty());
}

TEST_CASE("what a person keeps stands where both changed, and the rest of both is merged") {
  for (const ConflictResolution keep : {ConflictResolution::disk, ConflictResolution::store}) {
    EditedSite site;
    site.make_conflict();
    REQUIRE(site.decide(keep).ok());
    CHECK(site.waiting().empty());
    const std::string settled =
        page_saying(keep == ConflictResolution::disk ? "First, on disk." : "First, in the store.", "Last, in the store.") +
        "\nMore on disk.\n";
    CHECK(site.bytes("heat/a") == settled);
    CHECK(site.export_again().count(ExportAction::update) == 1);
    CHECK(site.on_disk("heat/a.md") == settled);
    CHECK(site.export_again().items.empty());
    const auto revisions = *EntryStore{*site.store}.revisions(site.entry("heat/a").id);
    CHECK(revisions.back().author == "jane");
    CHECK(revisions.back().note.find("conflict c1") == 0);
  }
}

TEST_CASE("a person's own text settles a conflict whole") {
  EditedSite site;
  site.make_conflict();
  REQUIRE(site.decide(ConflictResolution::edit, "Mine.\n").ok());
  CHECK(site.export_again().count(ExportAction::update) == 1);
  CHECK(site.on_disk("heat/a.md") == "Mine.\n");
}

TEST_CASE("an edit after the decision and before the export is kept too") {
  EditedSite site;
  site.make_conflict();
  REQUIRE(site.decide(ConflictResolution::store).ok());
  write_file(site.content + "/heat/a.md", site.on_disk("heat/a.md") + "\nLate.\n");
  CHECK(site.export_again().count(ExportAction::merge) == 1);
  CHECK(site.on_disk("heat/a.md") ==
        page_saying("First, in the store.", "Last, in the store.") + "\nMore on disk.\n\nLate.\n");
}

TEST_CASE(
    "an edit after a decision for the very text that the store has does not bring back what was given up") {
  EditedSite site;
  write_file(site.content + "/heat/a.md", page_saying("First, on disk."));
  site.revise("heat/a", page_saying("First, in the store."));
  site.export_again();
  REQUIRE(site.decide(ConflictResolution::store).ok());
  write_file(site.content + "/heat/a.md", site.on_disk("heat/a.md") + "\nLate.\n");
  CHECK(site.export_again().count(ExportAction::merge) == 1);
  CHECK(site.on_disk("heat/a.md") == page_saying("First, in the store.") + "\nLate.\n");
}

TEST_CASE("a conflict that the person settles on disk waits no longer") {
  EditedSite site;
  site.make_conflict();
  write_file(site.content + "/heat/a.md", page_saying("First, in the store.", "Last, in the store."));
  CHECK(site.export_again().items.empty());
  CHECK(site.waiting().empty());
  CHECK(Conflicts{*site.store}.get(1)->state == ConflictState::outdated);
}

TEST_CASE("a decision is refused where the entry has changed since, and where there is nothing to decide") {
  EditedSite site;
  site.make_conflict();
  site.revise("heat/a", page_saying("Newer."));
  CHECK(site.decide(ConflictResolution::disk).error().code == ErrorCode::conflict);
  site.export_again();
  REQUIRE(site.waiting().size() == 1);
  const Id id = site.waiting().front().id;
  CHECK(id == 2);
  REQUIRE(site.decide(ConflictResolution::disk).ok());
  CHECK(Conflicts{*site.store}.decide(id, ConflictResolution::disk, "", site.jane, site.clock.now()).error().code ==
        ErrorCode::conflict);
  CHECK(Conflicts{*site.store}.decide(77, ConflictResolution::disk, "", site.jane, site.clock.now()).error().code ==
        ErrorCode::not_found);
}

TEST_CASE("a deleted file waits; kept so its entry is removed, else it is written again") {
  for (const ConflictResolution keep : {ConflictResolution::disk, ConflictResolution::store}) {
    EditedSite site;
    fs::remove(site.content + "/heat/b.md");
    CHECK(site.export_again().count(ExportAction::deleted_on_disk) == 1);
    REQUIRE(site.waiting().size() == 1);
    CHECK(site.waiting().front().is_deletion());
    REQUIRE(site.decide(keep).ok());
    const auto after = site.export_again();
    CHECK(after.count(ExportAction::create) == (keep == ConflictResolution::store ? 1 : 0));
    CHECK(fs::exists(site.content + "/heat/b.md") == (keep == ConflictResolution::store));
    CHECK((site.entry("heat/b").state == EntryState::removed) == (keep == ConflictResolution::disk));
    CHECK_FALSE(after.needs_attention());
    CHECK(EntryStore{*site.store}.revisions(site.entry("heat/b").id)->size() == 1);
  }
}

TEST_CASE("a file that no export made waits, and is replaced only by a decision") {
  for (const ConflictResolution keep : {ConflictResolution::disk, ConflictResolution::store}) {
    EditedSite site;
    const std::string other = site.folder / "other";
    write_file(other + "/heat/a.md", "A file of somebody's.\n");
    const auto export_there = [&] {
      return *export_section(*site.store, site.files, {other, "jane", site.clock.now()});
    };
    CHECK(export_there().count(ExportAction::conflict) == 1);
    REQUIRE(site.decide(keep).ok());
    export_there();
    CHECK(read_file(other + "/heat/a.md") ==
          (keep == ConflictResolution::disk ? "A file of somebody's.\n" : page_saying("First.")));
  }
}

TEST_CASE("an entry follows its file, with its history, as it was or edited on the way") {
  for (const bool edited : {false, true}) {
    EditedSite site;
    const Id id = site.entry("heat/a").id;
    const std::string text = edited ? page_saying("First.", "Last, on disk.") : page_saying("First.");
    fs::remove(site.content + "/heat/a.md");
    write_file(site.content + "/cold/new-name.md", text);
    const auto planned = site.export_again(true);
    REQUIRE(planned.items.size() == 1);
    CHECK(planned.items[0].action == ExportAction::move);
    CHECK(site.entry("heat/a").id == id);
    const auto report = site.export_again();
    CHECK(report.count(ExportAction::move) == 1);
    CHECK(report.count(ExportAction::import_edit) == (edited ? 1 : 0));
    CHECK_FALSE(report.needs_attention());
    CHECK(site.entry("cold/new-name").id == id);
    CHECK(site.bytes("cold/new-name") == text);
    CHECK(EntryStore{*site.store}.revisions(id)->size() == (edited ? 2 : 1));
    CHECK(EntryStore{*site.store}.find_moved_from("heat/a").value()->id == id);
    CHECK(site.export_again().items.empty());
    site.revise("cold/new-name", page_saying("Newer.", edited ? "Last, on disk." : "Last."));
    CHECK(site.export_again().count(ExportAction::update) == 1);
    CHECK_FALSE(fs::exists(site.content + "/heat/a.md"));
  }
}

TEST_CASE("a whole folder that is moved takes all its entries along") {
  EditedSite site;
  fs::rename(site.content + "/heat", site.content + "/warmth");
  CHECK(site.export_again().count(ExportAction::move) == 2);
  CHECK(site.entry("warmth/a").id == 1);
  CHECK(site.entry("warmth/b").id == 2);
}

TEST_CASE("a page that merely shares a little with one that is gone is another page") {
  EditedSite site;
  fs::remove(site.content + "/heat/a.md");
  write_file(
      site.content + "/heat/other.md",
      "---\ntitle: \"Other\"\n---\n\n## Summary\n\nQuite another thing, at some length.\n\n## End\n\nFin.\n");
  const auto report = site.export_again();
  CHECK(report.count(ExportAction::move) == 0);
  CHECK(report.count(ExportAction::deleted_on_disk) == 1);
  CHECK(report.unknown_files == std::vector<std::string>{"heat/other.md"});
}

TEST_CASE("an import follows moved files too") {
  EditedSite site;
  fs::rename(site.content + "/heat/a.md", site.content + "/heat/renamed.md");
  const auto report = import_section(*site.store, site.files, site.content, "jane", site.clock.now());
  REQUIRE(report.ok());
  REQUIRE(report->moved.size() == 1);
  CHECK(report->moved[0].to == "heat/renamed.md");
  CHECK(report->entries_added == 0);
  CHECK(site.entry("heat/renamed").id == 1);
}

TEST_CASE("two entries whose files differ in case alone are not both written") {
  EditedSite site;
  EntryStore::NewEntry colliding_page{"heat/A", "heat/A.md", EntryKind::entry, "A", EntryState::published, "Twin.\n"};
  REQUIRE(EntryStore{*site.store}.add(colliding_page, AuthorKind::person, "jane", site.clock.now(), "").ok());
  const auto report =
      *export_section(*site.store, site.files, {site.folder / "elsewhere", "jane", site.clock.now()});
  CHECK(report.count(ExportAction::failed) == 1);
  CHECK(report.count(ExportAction::create) == 2);
}
