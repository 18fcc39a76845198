#pragma once

#include "kb/conflicts.h"
#include "kb/entry_store.h"
#include "kb/section_export.h"
#include "kb/section_import.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_folder.h"

namespace stubkeeper::kb::testing {

using namespace stubkeeper::testing;

inline std::string page_saying(const std::string& first, const std::string& last = "Last.") {
  return "---\ntitle: \"A\"\n---\n\n## Summary\n\n" + first + "\n\n## Middle\n\nUntouched.\n\n## End\n\n" +
         last + "\n";
}

// An imported section of two pages, heat/a and heat/b, that its owner edits on disk.
struct EditedSite {
  TemporaryFolder folder;
  std::string content = folder / "content";
  std::unique_ptr<Store> store;
  DiskFileSystem files;
  FakeClock clock{"2026-11-24T10:00:00Z"};
  const Reviewer jane{AuthorKind::person, "jane"};

  EditedSite() {
    auto created = Store::create(folder / "kb.sqlite");
    REQUIRE(created.ok());
    store = std::move(created).value();
    write_file(content + "/heat/a.md", page_saying("First."));
    write_file(content + "/heat/b.md", "---\ntitle: \"B\"\n---\n\nQuite another text.\n");
    REQUIRE(import_section(*store, files, content, "jane", clock.now()).ok());
  }
  ExportReport export_again(bool dry_run = false) {
    auto report = export_section(*store, files, {content, "jane", clock.now(), dry_run});
    INFO((report.ok() ? "" : report.error().text()));
    REQUIRE(report.ok());
    return *report;
  }
  Entry entry(const std::string& path) { return *EntryStore{*store}.find(path).value(); }
  std::string bytes(const std::string& path) { return *EntryStore{*store}.current_bytes(entry(path)); }
  void revise(const std::string& path, const std::string& text) {
    REQUIRE(EntryStore{*store}
                .add_revision(entry(path).id, text, AuthorKind::person, "jane", clock.now(), "")
                .ok());
  }
  std::vector<Conflict> waiting() { return *Conflicts{*store}.waiting(); }
  Status decide(Keep keep, const std::string& text = "") {
    return Conflicts{*store}.decide(waiting().front().id, keep, text, jane, clock.now());
  }
  std::string on_disk(const std::string& file) const { return read_file(content + "/" + file); }
  // Both sides change the first paragraph, and one each something else.
  void make_conflict() {
    write_file(content + "/heat/a.md", page_saying("First, on disk.") + "\nMore on disk.\n");
    revise("heat/a", page_saying("First, in the store.", "Last, in the store."));
    CHECK(export_again().count(ExportAction::conflict) == 1);
  }
};

}  // namespace stubkeeper::kb::testing
