#pragma once

#include "kb/export/conflicts.h"
#include "tests/kb/stored_site.h"

namespace stubkeeper::kb::testing {

inline std::string page_saying(const std::string& first, const std::string& last = "Last.") {
  return "---\ntitle: \"A\"\n---\n\n## Summary\n\n" + first + "\n\n## Middle\n\nUntouched.\n\n## End\n\n" +
         last + "\n";
}

// An imported section of two pages, heat/a and heat/b, that its owner edits on disk.
struct EditedSite : StoredSite {
  const Reviewer jane{AuthorKind::person, "jane"};

  EditedSite() : StoredSite("2026-11-24T10:00:00Z") {
    write_file(content + "/heat/a.md", page_saying("First."));
    write_file(content + "/heat/b.md", "---\ntitle: \"B\"\n---\n\nQuite another text.\n");
    import();
  }
  ExportReport export_again(bool dry_run = false) { return export_to(content, dry_run); }
  std::vector<Conflict> waiting() { return *Conflicts{*store}.waiting(); }
  Status decide(ConflictResolution keep, const std::string& text = "") {
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
