#pragma once

#include "kb/entries/entry_store.h"
#include "kb/export/section_export.h"
#include "kb/export/section_import.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_folder.h"

namespace stubkeeper::kb::testing {

using namespace stubkeeper::testing;

// A store beside a folder of a site, both empty, and jane, who imports, exports and revises.
template <typename Files>
struct StoredSiteOn {
  TemporaryFolder folder;
  std::string content = folder / "content";
  std::unique_ptr<Store> store;
  Files files;
  FakeClock clock;

  explicit StoredSiteOn(const char* now) : clock(now) {
    auto created = Store::create(folder / "kb.sqlite");
    REQUIRE(created.ok());
    store = std::move(created).value();
  }
  ImportReport import() {
    auto report = import_section(*store, files, content, "jane", clock.now());
    INFO((report.ok() ? "" : report.error().text()));
    REQUIRE(report.ok());
    return *report;
  }
  ExportReport export_to(const std::string& to, bool dry_run = false) {
    auto report = export_section(*store, files, {to, "jane", clock.now(), dry_run});
    INFO((report.ok() ? "" : report.error().text()));
    REQUIRE(report.ok());
    return *report;
  }
  Entry entry(const std::string& path) { return *EntryStore{*store}.find(path).value(); }
  std::string bytes(const std::string& path) { return *EntryStore{*store}.current_bytes(entry(path)); }
  // What an approved change does.
  void revise(const std::string& path, const std::string& text) {
    REQUIRE(EntryStore{*store}
                .add_revision(entry(path).id, text, AuthorKind::person, "jane", clock.now(), "")
                .ok());
  }
};
using StoredSite = StoredSiteOn<DiskFileSystem>;

}  // namespace stubkeeper::kb::testing
