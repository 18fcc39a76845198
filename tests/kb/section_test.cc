// Import and export: docs/architecture.md, invariants 1 and 5.

#include <filesystem>

#include "kb/entries/steering.h"
#include "kb/sources/sources.h"
#include "tests/kb/stored_site.h"
#include "tests/support/faulty_file_system.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::testing;
using stubkeeper::kb::testing::StoredSite;
namespace fs = std::filesystem;

namespace {

const std::string page =
    "---\ntitle: \"A\"\nsource_urls:\n  - \"https://example.org/a\"\n  - "
    "\"https://example.org/b.pdf\"\n---\n\n## Summary\n\nText.\n";

struct Site : StoredSite {
  Site() : StoredSite("2026-11-23T10:00:00Z") {
    write_file(content + "/_index.md",
               "---\ntitle: Root\n---\n\n{{< steering >}}\n\n### Tone\n\nNeutral.\n\n{{< /steering >}}\n");
    write_file(content + "/heat/a.md", page);
  }
};

}  // namespace

TEST_CASE("a section is taken in with its entries, sources and steering") {
  Site site;
  const auto report = site.import();
  CHECK(report.entries_added == 2);
  CHECK(report.sources_added == 2);
  CHECK(report.steering_rules == 1);
  CHECK(site.bytes("heat/a") == page);
  const auto sources = *Sources{*site.store}.of_entry(site.entry("heat/a").id);
  REQUIRE(sources.size() == 2);
  CHECK(sources[1].kind == "pdf");
  CHECK(Steering{*site.store}.for_entry("heat/a")->at(0).heading == "Tone");
  CHECK(site.import().entries_unchanged == 2);
}

TEST_CASE("files that cannot be entries are skipped and named") {
  Site site;
  write_file(site.content + "/notes.txt", "no page");
  fs::create_symlink("/etc/passwd", site.content + "/link.md");
  write_file(site.content + "/bad\nname.md", "x");
  const auto report = site.import();
  CHECK(report.entries_added == 2);
  CHECK(report.skipped.size() == 2);
}

TEST_CASE("pages in any bytes are taken in and given out as they are") {
  Site site;
  const std::map<std::string, std::string> pages{
      {"crlf.md", "---\r\ntitle: x\r\n---\r\n"}, {"bom.md", "\xEF\xBB\xBF---\ntitle: x\n---\n"},
      {"open.md", "---\ntitle: x\nno end"},      {"latin.md", "---\ntitle: x\n---\n\xE9\n"},
      {"nul.md", std::string("a\0b", 3)},        {"empty.md", ""}};
  for (const auto& [name, bytes] : pages) write_file(site.content + "/" + name, bytes);
  site.import();
  site.export_to(site.folder / "out");
  for (const auto& [name, bytes] : pages) {
    INFO(name);
    CHECK(read_file(site.folder / ("out/" + name)) == bytes);
  }
}

TEST_CASE("an export writes what changed and nothing else") {
  Site site;
  site.import();
  CHECK(site.export_to(site.content).items.empty());
  const auto before = fs::last_write_time(site.content + "/_index.md");
  site.revise("heat/a", page + "\nMore.\n");
  CHECK(site.export_to(site.content, true).count(ExportAction::update) == 1);
  CHECK(read_file(site.content + "/heat/a.md") == page);
  CHECK(site.export_to(site.content).count(ExportAction::update) == 1);
  CHECK(read_file(site.content + "/heat/a.md") == page + "\nMore.\n");
  CHECK(fs::last_write_time(site.content + "/_index.md") == before);
  CHECK(site.export_to(site.content).items.empty());
}

TEST_CASE("a file that a person edited is never overwritten") {
  Site site;
  site.import();
  const std::string edited = page + "\nMy own words.\n";
  write_file(site.content + "/heat/a.md", edited);

  SECTION("where the store has nothing newer, the edit comes in as a person's revision") {
    const auto report = site.export_to(site.content);
    CHECK(report.count(ExportAction::import_edit) == 1);
    CHECK_FALSE(report.needs_attention());
    CHECK(site.bytes("heat/a") == edited);
    CHECK(EntryStore{*site.store}.revisions(site.entry("heat/a").id)->back().author == "jane");
  }
  SECTION("where the store has something newer in another place, both come together") {
    std::string approved = page;
    approved.replace(approved.find("Text."), 5, "Approved words.");
    site.revise("heat/a", approved);
    CHECK(site.export_to(site.content, true).count(ExportAction::merge) == 1);
    CHECK(read_file(site.content + "/heat/a.md") == edited);
    const auto report = site.export_to(site.content);
    CHECK(report.count(ExportAction::merge) == 1);
    CHECK_FALSE(report.needs_attention());
    CHECK(site.bytes("heat/a") == approved + "\nMy own words.\n");
    CHECK(read_file(site.content + "/heat/a.md") == approved + "\nMy own words.\n");
    CHECK(site.export_to(site.content).items.empty());
    return;
  }
  SECTION("where the store changed the same place, both stay and it is reported") {
    std::string approved = page;
    approved.replace(approved.find("Text."), 5, "Approved words.");
    site.revise("heat/a", approved);
    std::string mine = page;
    mine.replace(mine.find("Text."), 5, "My own words.");
    write_file(site.content + "/heat/a.md", mine);
    const auto report = site.export_to(site.content);
    CHECK(report.count(ExportAction::conflict) == 1);
    CHECK(report.items.at(0).detail.find("Summary") != std::string::npos);
    CHECK(report.needs_attention());
    CHECK(site.bytes("heat/a") == approved);
    CHECK(read_file(site.content + "/heat/a.md") == mine);
    return;
  }
  SECTION("a dry run takes nothing in") {
    CHECK(site.export_to(site.content, true).count(ExportAction::import_edit) == 1);
    CHECK(site.bytes("heat/a") == page);
  }
  CHECK(read_file(site.content + "/heat/a.md") == edited);
}

TEST_CASE("a merge that cannot be written is finished by the next export, and nothing is said twice") {
  Site site;
  site.import();
  std::string approved = page;
  approved.replace(approved.find("Text."), 5, "Approved words.");
  site.revise("heat/a", approved);
  const std::string edited = page + "\nMy own words.\n";
  write_file(site.content + "/heat/a.md", edited);
  FaultyFileSystem disk;
  disk.disk_full = true;
  const auto failed = export_section(*site.store, disk, {site.content, "jane", site.clock.now()});
  REQUIRE(failed.ok());
  CHECK(failed->count(ExportAction::failed) == 1);
  CHECK(read_file(site.content + "/heat/a.md") == edited);

  const std::string merged = approved + "\nMy own words.\n";
  SECTION("the file as it was") {
    disk.disk_full = false;
    REQUIRE(export_section(*site.store, disk, {site.content, "jane", site.clock.now()}).ok());
    CHECK(read_file(site.content + "/heat/a.md") == merged);
  }
  SECTION("the file edited once more meanwhile") {
    write_file(site.content + "/heat/a.md", edited + "\nAnd more.\n");
    disk.disk_full = false;
    REQUIRE(export_section(*site.store, disk, {site.content, "jane", site.clock.now()}).ok());
    CHECK(read_file(site.content + "/heat/a.md") == merged + "\nAnd more.\n");
  }
  CHECK(site.bytes("heat/a") == read_file(site.content + "/heat/a.md"));
  CHECK(site.export_to(site.content).items.empty());
}

TEST_CASE("a file that no export made is left alone") {
  Site site;
  site.import();
  write_file(site.folder / "other/heat/a.md", "somebody else's");
  const auto report = site.export_to(site.folder / "other");
  CHECK(report.count(ExportAction::conflict) == 1);
  CHECK(read_file(site.folder / "other/heat/a.md") == "somebody else's");
}

TEST_CASE("a file that was deleted by hand is not written again") {
  Site site;
  site.import();
  fs::remove(site.content + "/heat/a.md");
  CHECK(site.export_to(site.content).count(ExportAction::deleted_on_disk) == 1);
  CHECK_FALSE(fs::exists(site.content + "/heat/a.md"));
}

TEST_CASE("an export does not follow links out of its folder") {
  Site site;
  site.import();
  fs::create_directories(site.folder / "elsewhere");
  fs::create_directories(site.folder / "out");
  fs::create_directory_symlink(site.folder / "elsewhere", site.folder / "out/heat");
  const auto report = site.export_to(site.folder / "out");
  CHECK(report.count(ExportAction::failed) == 1);
  CHECK(fs::is_empty(site.folder / "elsewhere"));
}

TEST_CASE("a folder that cannot be written fails by name and the store keeps everything") {
  Site site;
  site.import();
  write_file(site.folder / "out/heat", "a file where a folder should be");
  const auto report = site.export_to(site.folder / "out");
  CHECK(report.count(ExportAction::failed) == 1);
  CHECK(report.count(ExportAction::create) == 1);
  CHECK(report.needs_attention());
}

TEST_CASE("a stub is not exported") {
  Site site;
  REQUIRE(EntryStore{*site.store}
              .add({"heat/new", "heat/new.md", EntryKind::entry, "New", EntryState::stub, "x"},
                   AuthorKind::person, "jane", site.clock.now(), "")
              .ok());
  site.export_to(site.folder / "out");
  CHECK_FALSE(fs::exists(site.folder / "out/heat/new.md"));
}

TEST_CASE("a file keeps its mode") {
  Site site;
  site.import();
  fs::permissions(site.content + "/heat/a.md", fs::perms::owner_read | fs::perms::owner_write);
  site.revise("heat/a", page + "\nMore.\n");
  site.export_to(site.content);
  CHECK(fs::status(site.content + "/heat/a.md").permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write));
}
