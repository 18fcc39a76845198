// A site that was moved, renamed or copied since the last export: what exports know of it goes along, and
// nothing that a person wrote is overwritten on the way. docs/architecture.md, invariants 1 and 5.

#include "kb/export/moved_folder.h"

#include <filesystem>

#include "tests/kb/edited_site.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;
namespace fs = std::filesystem;

namespace {

const std::string page_b = "---\ntitle: \"B\"\n---\n\nQuite another text.\n";

// The section of EditedSite with three pages more, so that one edited file does not make it another.
struct MovedSite : EditedSite {
  std::string elsewhere = folder / "elsewhere";

  MovedSite() {
    for (const std::string name : {"c", "d"})
      write_file(content + "/heat/" + name + ".md", page_saying(name));
    import();
  }
  void move() { fs::rename(content, elsewhere); }
  std::string there(const std::string& file) const { return read_file(elsewhere + "/heat/" + file); }
};

}  // namespace

TEST_CASE("a moved site is written on where the store is newer, and no file of it is a conflict") {
  MovedSite site;
  site.revise("heat/a", page_saying("First, in the store."));
  site.move();
  for (const bool dry_run : {true, false}) {
    const ExportReport report = site.export_to(site.elsewhere, dry_run);
    CHECK(report.moved_from == Manifest::folder_key(site.content));
    CHECK(report.unchanged == 3);
    REQUIRE(report.items.size() == 1);
    CHECK(report.items[0].action == ExportAction::update);
    CHECK(site.there("a.md") == page_saying(dry_run ? "First." : "First, in the store."));
  }
  const ExportReport again = site.export_to(site.elsewhere);
  CHECK(again.moved_from.empty());
  CHECK(again.unchanged == 4);
}

TEST_CASE("in a moved site edits are taken in, merged or put up for review as they would have been before") {
  MovedSite site;
  site.revise("heat/c", page_saying("c", "Last, in the store."));
  site.revise("heat/a", page_saying("First, in the store."));
  site.move();
  write_file(site.elsewhere + "/heat/a.md", page_saying("First, on disk."));
  const std::string mine = page_b + "\nMine.\n";
  write_file(site.elsewhere + "/heat/b.md", mine);
  SECTION("where half of it is still as it was left") {
    const ExportReport report = site.export_to(site.elsewhere);
    CHECK(report.count(ExportAction::import_edit) == 1);
    CHECK(report.count(ExportAction::update) == 1);
    CHECK(report.count(ExportAction::conflict) == 1);
    CHECK(site.there("c.md") == page_saying("c", "Last, in the store."));
    CHECK(site.bytes("heat/b") == mine);
    CHECK(site.there("a.md") == page_saying("First, on disk."));
    REQUIRE(site.waiting().size() == 1);
    CHECK_FALSE(site.waiting()[0].base_sha256.empty());
  }
  SECTION("and where less is, each file is an edit of the revision that it is most like") {
    write_file(site.elsewhere + "/heat/c.md", page_saying("c, on disk"));
    const ExportReport report = site.export_to(site.elsewhere);
    CHECK(report.moved_from.empty());
    CHECK(report.count(ExportAction::conflict) == 1);
    CHECK(report.count(ExportAction::import_edit) == 1);
    CHECK(site.there("a.md") == page_saying("First, on disk."));
    CHECK(site.there("b.md") == mine);
    CHECK(site.there("c.md") == page_saying("c, on disk", "Last, in the store."));
  }
}

TEST_CASE("a file that was deleted in a moved site waits in review and is not written again") {
  MovedSite site;
  site.move();
  fs::remove(site.elsewhere + "/heat/a.md");
  CHECK(site.export_to(site.elsewhere).count(ExportAction::deleted_on_disk) == 1);
  CHECK_FALSE(fs::exists(site.elsewhere + "/heat/a.md"));
}

TEST_CASE("a conflict goes along with its site, and so does what is in the store alone") {
  MovedSite site;
  site.make_conflict();
  const std::string on_disk = site.on_disk("heat/a.md");
  SECTION("waiting") {
    site.move();
    CHECK(site.export_to(site.elsewhere).count(ExportAction::conflict) == 1);
    REQUIRE(site.waiting().size() == 1);
    CHECK(site.waiting()[0].id == 1);
    REQUIRE(site.decide(ConflictResolution::disk).ok());
    site.export_to(site.elsewhere);
    CHECK(site.there("a.md").find("First, on disk.") != std::string::npos);
  }
  SECTION("settled, exported and undone") {
    REQUIRE(site.decide(ConflictResolution::store).ok());
    site.export_again();
    REQUIRE(Conflicts{*site.store}.undo(site.files, 1, site.jane, "", site.clock.now()).ok());
    site.move();
    const std::string before = site.there("a.md");
    for (const bool dry_run : {true, false})
      CHECK(site.export_to(site.elsewhere, dry_run).count(ExportAction::conflict) == 1);
    CHECK(site.there("a.md") == before);
    REQUIRE(site.decide(ConflictResolution::disk).ok());
    site.export_to(site.elsewhere);
    CHECK(site.there("a.md") ==
          on_disk.substr(0, on_disk.find("Last.")) + "Last, in the store.\n\nMore on disk.\n");
  }
}

TEST_CASE("a new folder is a new site: everything is written, whether the old one is there or gone") {
  for (const bool gone : {true, false}) {
    MovedSite site;
    if (gone) fs::remove_all(site.content);
    const ExportReport report = site.export_to(site.elsewhere);
    CHECK(report.moved_from.empty());
    CHECK(report.count(ExportAction::create) == 4);
  }
}

TEST_CASE("in a copy of a site what an export left is written on, and an edited file waits") {
  MovedSite site;
  fs::copy(site.content, site.elsewhere, fs::copy_options::recursive);
  site.revise("heat/a", page_saying("First, in the store."));
  site.revise("heat/c", page_saying("c, in the store"));
  write_file(site.elsewhere + "/heat/c.md", page_saying("c, by hand"));
  const ExportReport report = site.export_to(site.elsewhere);
  CHECK(report.moved_from.empty());
  CHECK(report.count(ExportAction::update) == 1);
  CHECK(report.count(ExportAction::conflict) == 1);
  CHECK(site.there("a.md") == page_saying("First, in the store."));
  CHECK(site.there("c.md") == page_saying("c, by hand"));
  // The first one is as it was known.
  CHECK(site.export_again().count(ExportAction::update) == 2);
}

TEST_CASE("bytes that an export left of one entry are no leave to overwrite the file of another") {
  MovedSite site;
  fs::copy(site.content, site.elsewhere, fs::copy_options::recursive);
  write_file(site.elsewhere + "/heat/a.md", page_saying("c"));
  site.revise("heat/a", page_saying("First, in the store."));
  CHECK(site.export_to(site.elsewhere).count(ExportAction::conflict) == 1);
  CHECK(site.there("a.md") == page_saying("c"));
}

TEST_CASE("importing a moved site takes nothing back that was approved since the last export") {
  MovedSite site;
  const std::string approved = page_saying("First, in the store.");
  site.revise("heat/a", approved);
  site.move();
  const auto report = import_section(*site.store, site.files, site.elsewhere, "jane", site.clock.now());
  REQUIRE(report.ok());
  CHECK(report->entries_revised == 0);
  CHECK(site.bytes("heat/a") == approved);
  CHECK(site.export_to(site.elsewhere).count(ExportAction::update) == 1);
}
