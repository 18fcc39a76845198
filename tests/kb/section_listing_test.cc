// Which files of a section's folder import and export see: the same ones.

#include "kb/export/section_listing.h"
#include "tests/kb/edited_site.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;

TEST_CASE(
    "hidden files, translations and resources of bundles are no entries, and not named at each export") {
  EditedSite site;
  for (const char* file :
       {"_index.md", ".hidden.md", ".obsidian/note.md", "heat/#a.md#", "heat/a.md~", "heat/.#a.md",
        "heat/a.de.md", "_index.de.md", "bundle/index.md", "bundle/sub.md", "new.mdx", "old.markdown"})
    write_file(site.content + "/" + file, "---\ntitle: \"New\"\n---\n\nText of " + std::string{file} + ".\n");
  const auto imported = site.import();
  CHECK(imported.entries_added == 2);  // _index.md and bundle/index.md
  CHECK(imported.skipped.empty());
  CHECK(imported.left_out.translations == 2);
  CHECK(imported.left_out.resources == 1);
  CHECK(imported.left_out.other_endings == std::map<std::string, int>{{".markdown", 1}, {".mdx", 1}});
  const auto exported = site.export_again();
  CHECK(exported.unknown_files.empty());
  CHECK(exported.items.empty());
  write_file(site.content + "/heat/new.md", "Text.\n");
  CHECK(site.export_again().unknown_files == std::vector<std::string>{"heat/new.md"});
}

TEST_CASE("a translation that is an entry already stays one") {
  EditedSite site;
  write_file(site.content + "/heat/c.de.md", "---\ntitle: \"C\"\n---\n\nText.\n");
  CHECK(site.import().entries_added == 1);  // there is no heat/c.md beside it yet
  write_file(site.content + "/heat/c.md", "---\ntitle: \"C\"\n---\n\nText.\n");
  write_file(site.content + "/heat/c.de.md", "---\ntitle: \"C\"\n---\n\nNeuer Text.\n");
  const auto again = site.import();
  CHECK(again.entries_added == 1);
  CHECK(again.entries_revised == 1);
}

TEST_CASE("the configuration of the site above a folder is found") {
  EditedSite site;
  const std::string root = site.folder / "site";
  write_file(root + "/hugo.yaml", "languages:\n  en: {}\n  de: {}\n");
  write_file(root + "/content/research/one.de.md", "x");
  const DiskFileSystem disk;
  const entries::Site found = read_site(disk, root + "/content/research/");
  CHECK(found.is_known);
  CHECK(found.section == "research");
  CHECK(found.languages == std::vector<std::string>{"en", "de"});
  write_file(site.folder / "other/config.toml", "color = 'blue'\n");
  write_file(site.folder / "other/notes/one.md", "x");
  CHECK_FALSE(read_site(disk, site.folder / "other/notes").is_known);
}

TEST_CASE("front matter that a hand broke is taken in as it is, and named with its line") {
  const std::string broken = "---\ntitle: \"A\"\ndescription: \"A \"fine\" maker.\"\n---\n\nText.\n";
  EditedSite site;
  write_file(site.content + "/heat/a.md", broken);
  const auto report = site.export_again();
  REQUIRE(report.items.size() == 1);
  CHECK(report.items[0].action == ExportAction::import_edit);
  CHECK(report.items[0].broken.find("line 3: ") == 0);
  CHECK(site.bytes("heat/a") == broken);
  CHECK(site.export_again().items.empty());

  write_file(site.content + "/heat/new.md", broken);
  const auto imported = site.import();
  REQUIRE(imported.broken.size() == 1);
  CHECK(imported.broken[0].file == "heat/new.md:3");

  // As where a person decided a conflict for such a file.
  site.revise("heat/a", broken + "\nMore.\n");
  const auto written = site.export_again();
  REQUIRE(written.items.size() == 1);
  CHECK(written.items[0].action == ExportAction::update);
  CHECK(written.items[0].broken.find("line 3: ") == 0);
}
