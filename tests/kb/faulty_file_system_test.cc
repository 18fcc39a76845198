// Files that vanish, change or cannot be written while the program works with them: docs/architecture.md, invariants 1
// and 7.

#include "tests/support/faulty_file_system.h"

#include <filesystem>

#include "tests/kb/stored_site.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::testing;
using stubkeeper::kb::testing::StoredSiteOn;
namespace fs = std::filesystem;

namespace {

const std::string page_a = "---\ntitle: \"A\"\n---\n\n## Summary\n\nText of A.\n";
const std::string page_b = "---\ntitle: \"B\"\n---\n\n## Summary\n\nText of B.\n";

struct Section : StoredSiteOn<FaultyFileSystem> {
  std::string file_a = content + "/a.md";
  std::string file_b = content + "/b.md";

  Section() : StoredSiteOn("2026-11-24T10:00:00Z") {
    write_file(file_a, page_a);
    write_file(file_b, page_b);
  }
  ExportReport export_all() { return export_to(content); }
};

std::string with(std::string page, const std::string& old_words, const std::string& new_words) {
  return page.replace(page.find(old_words), old_words.size(), new_words);
}

}  // namespace

TEST_CASE("a file that vanishes while a section is imported is named, and the others are taken in") {
  Section section;
  section.files.before_read = [&](const std::string& path) {
    if (path == section.file_a) fs::remove(path);
  };
  const ImportReport report = section.import();
  CHECK(report.entries_added == 1);
  REQUIRE(report.skipped.size() == 1);
  CHECK(report.skipped[0].file == "a.md");
  CHECK(report.skipped[0].reason.find("No such file") != std::string::npos);
  CHECK(section.bytes("b") == page_b);
}

TEST_CASE("a file that is edited between an export's look and its writing keeps the edit") {
  Section section;
  section.import();
  section.revise("a", with(page_a, "Text of A.", "Approved words."));
  const std::string edited = page_a + "\nMine.\n";
  int reads = 0;
  section.files.after_read = [&](const std::string& path) {
    if (path == section.file_a && ++reads == 1) write_file(path, edited);
  };
  const ExportReport report = section.export_all();
  CHECK(report.count(ExportAction::conflict) == 1);
  CHECK(read_file(section.file_a) == edited);

  // The next export brings both together.
  section.files.after_read = [](const std::string&) {};
  CHECK(section.export_all().count(ExportAction::merge) == 1);
  CHECK(read_file(section.file_a) == with(edited, "Text of A.", "Approved words."));
}

TEST_CASE("a file that is edited while an export finds it unchanged is not taken for what was exported") {
  Section section;
  section.import();
  // The person wrote by hand what was approved too: equal, but not what the last export left.
  const std::string approved = with(page_a, "Text of A.", "Approved words.");
  section.revise("a", approved);
  write_file(section.file_a, approved);
  const std::string edited = approved + "\nMine.\n";
  section.files.after_read = [&](const std::string& path) {
    if (path == section.file_a && read_file(path) == approved) write_file(path, edited);
  };
  section.export_all();
  section.files.after_read = [](const std::string&) {};
  CHECK(section.export_all().count(ExportAction::import_edit) == 1);
  CHECK(read_file(section.file_a) == edited);
  CHECK(section.bytes("a") == edited);
}

TEST_CASE("a file that is deleted while an export runs is not written") {
  Section section;
  section.import();
  section.revise("a", page_a + "\nMore.\n");
  section.files.after_read = [&](const std::string& path) {
    if (path == section.file_a) fs::remove(path);
  };
  CHECK(section.export_all().count(ExportAction::conflict) == 1);
  CHECK_FALSE(fs::exists(section.file_a));
}

TEST_CASE("a read-only file is named and left as it is, and the others are written") {
  Section section;
  section.import();
  section.revise("a", page_a + "\nMore.\n");
  section.revise("b", page_b + "\nMore.\n");
  fs::permissions(section.file_a, fs::perms::owner_read);
  const ExportReport report = section.export_all();
  CHECK(report.count(ExportAction::failed) == 1);
  CHECK(report.items.at(0).file == "a.md");
  CHECK(report.items.at(0).detail.find("read-only") != std::string::npos);
  CHECK(read_file(section.file_a) == page_a);
  CHECK(read_file(section.file_b) == page_b + "\nMore.\n");

  fs::permissions(section.file_a, fs::perms::owner_read | fs::perms::owner_write);
  CHECK(section.export_all().count(ExportAction::update) == 1);
  CHECK(read_file(section.file_a) == page_a + "\nMore.\n");
}

TEST_CASE("a full disk fails each file by name, leaves none half-written, and the next export writes them") {
  Section section;
  section.import();
  section.revise("a", page_a + "\nMore.\n");
  section.revise("b", page_b + "\nMore.\n");
  section.files.disk_full = true;
  const ExportReport report = section.export_all();
  CHECK(report.count(ExportAction::failed) == 2);
  CHECK(report.items.at(0).detail.find("no space left") != std::string::npos);
  CHECK(read_file(section.file_a) == page_a);
  CHECK(read_file(section.file_b) == page_b);

  section.files.disk_full = false;
  CHECK(section.export_all().count(ExportAction::update) == 2);
  CHECK(read_file(section.file_a) == page_a + "\nMore.\n");
}

TEST_CASE("of a group of files the one that a person saves meanwhile is left, and the others are written") {
  Section section;
  section.import();
  section.revise("a", with(page_a, "Text of A", "New text of A"));
  section.revise("b", with(page_b, "Text of B", "New text of B"));
  // Read once to plan, once before it is written, and once more right before it takes its place.
  int reads = 0;
  section.files.before_read = [&](const std::string& path) {
    if (path == section.file_a && ++reads == 3)
      write_file(section.file_a, with(page_a, "Text of A", "By hand"));
  };
  const ExportReport report = section.export_all();
  CHECK(reads == 3);
  CHECK(report.count(ExportAction::conflict) == 1);
  CHECK(report.count(ExportAction::update) == 1);
  CHECK(read_file(section.file_a) == with(page_a, "Text of A", "By hand"));
  CHECK(read_file(section.file_b) == with(page_b, "Text of B", "New text of B"));
  CHECK_FALSE(fs::exists(section.content + "/.a.md.stubkeeper-new"));
  section.files.before_read = [](const std::string&) {};
  CHECK(section.export_all().count(ExportAction::conflict) == 1);  // now block by block, for a person
  CHECK(read_file(section.file_a) == with(page_a, "Text of A", "By hand"));
}

TEST_CASE("a page that an export died behind, files written and nothing noted, is found as it should be") {
  Section section;
  section.import();
  section.revise("a", with(page_a, "Text of A", "New text of A"));
  section.revise("b", with(page_b, "Text of B", "New text of B"));
  write_file(section.file_a, with(page_a, "Text of A", "New text of A"));
  write_file(section.file_b, with(page_b, "Text of B", "New text of B"));
  CHECK(section.export_all().unchanged == 2);
  section.revise("a", with(page_a, "Text of A", "Newer text of A"));
  const ExportReport report = section.export_all();
  CHECK(report.count(ExportAction::update) == 1);
  CHECK(read_file(section.file_a) == with(page_a, "Text of A", "Newer text of A"));
}
