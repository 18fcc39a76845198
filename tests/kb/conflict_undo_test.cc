// A decision about a hand edit is taken back, before and after exports and other edits; docs/architecture.md, invariant
// 1: what the person wrote is on disk, or waits.

#include <filesystem>

#include "kb/review/proposals.h"
#include "kb/review/review.h"
#include "kb/runs/runs.h"
#include "tests/kb/edited_site.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;
namespace fs = std::filesystem;

namespace {

const std::string hand_written = page_saying("First, on disk.") + "\nMore on disk.\n";
const std::string in_store = page_saying("First, in the store.", "Last, in the store.");

// Both sides of heat/a settled as "both", which has both their changes elsewhere.
std::string settled(ConflictResolution keep) {
  return page_saying(keep == ConflictResolution::disk ? "First, on disk." : "First, in the store.",
                     "Last, in the store.") +
         "\nMore on disk.\n";
}

struct Undone : EditedSite {
  Undone() { make_conflict(); }
  Status undo(Id id = 1) { return Conflicts{*store}.undo(files, id, jane, "a slip", clock.now()); }
  Conflict conflict(Id id = 1) { return ok(Conflicts{*store}.get(id)); }
  std::vector<Revision> revisions() { return ok(EntryStore{*store}.revisions(entry("heat/a").id)); }
  // What a reviewer is shown of the only conflict that waits.
  ConflictTexts shown() {
    REQUIRE(waiting().size() == 1);
    return ok(Conflicts{*store}.texts(waiting().front()));
  }
  void check_that_it_waits_as_before() {
    const auto texts = shown();
    CHECK(texts.base == page_saying("First."));
    CHECK(texts.store == in_store);
    CHECK(texts.theirs == hand_written);
    REQUIRE(texts.places.size() == 1);
    CHECK(texts.places[0].place == "Summary");
  }
  // An approved change of the entry: `was` becomes `is`.
  Id approve(const std::string& was, const std::string& is) {
    const Entry of = entry("heat/a");
    const auto document = ok(EntryStore{*store}.document(of.current_revision_id));
    Proposals::NewChange change;
    change.kind = "edit";
    for (std::size_t i = 0; i < document.ids.size(); ++i) {
      if (document.document.text(document.document.blocks()[i]).find(was) == std::string_view::npos) continue;
      change.edit.target = document.ids[i];
    }
    change.edit.text = is;
    const Id run = ok(Runs{*store}.begin("test", clock.now()));
    ok(Proposals{*store}.propose(run, of.id, of.current_revision_id, "test", clock.now(), {}, {change}));
    const Id id = ok(Proposals{*store}.list({})).back().id;
    ok(Review{*store, clock}.approve(id, jane, "", ""));
    return id;
  }
};

}  // namespace

TEST_CASE("a decision is undone by a new revision, and the conflict waits with its three texts again") {
  for (const ConflictResolution keep :
       {ConflictResolution::disk, ConflictResolution::store, ConflictResolution::edit}) {
    Undone site;
    ok(site.decide(keep, "Mine.\n"));
    ok(site.undo());
    site.check_that_it_waits_as_before();
    CHECK(site.bytes("heat/a") == in_store);
    const auto revisions = site.revisions();
    REQUIRE(revisions.size() == 4);
    CHECK(revisions[2].note.starts_with("conflict c1"));
    CHECK(revisions[3].note == "undone: conflict c1");
    CHECK(revisions[3].author == "jane");
    CHECK(site.conflict().verdict.empty());
  }
}

TEST_CASE("undone before an export leaves the file to the next one as if nothing had been decided") {
  for (const ConflictResolution keep : {ConflictResolution::disk, ConflictResolution::store}) {
    Undone site;
    ok(site.decide(keep));
    ok(site.undo());
    CHECK(site.export_again().count(ExportAction::conflict) == 1);
    CHECK(site.on_disk("heat/a.md") == hand_written);
    CHECK(site.waiting().front().id == 1);
    site.check_that_it_waits_as_before();
    ok(site.decide(keep));
    CHECK(site.export_again().count(ExportAction::update) == 1);
    CHECK(site.on_disk("heat/a.md") == settled(keep));
    CHECK(site.export_again().items.empty());
  }
}

TEST_CASE(
    "undone after an export keeps what the person wrote for the next decision and leaves the file alone") {
  for (const ConflictResolution first :
       {ConflictResolution::disk, ConflictResolution::store, ConflictResolution::edit}) {
    for (const ConflictResolution second : {ConflictResolution::disk, ConflictResolution::store}) {
      Undone site;
      ok(site.decide(first, "Mine.\n"));
      CHECK(site.export_again().count(ExportAction::update) == 1);
      const std::string exported = site.on_disk("heat/a.md");
      ok(site.undo());
      site.check_that_it_waits_as_before();
      for (int times = 0; times < 2; ++times) {
        const auto report = site.export_again();
        CHECK(report.count(ExportAction::conflict) == 1);
        CHECK(report.items.size() == 1);
        CHECK(report.items[0].detail.find("c1") != std::string::npos);
        CHECK(site.on_disk("heat/a.md") == exported);
      }
      CHECK(site.waiting().front().id == 1);
      ok(site.decide(second));
      const auto report = site.export_again();
      CHECK(report.count(ExportAction::conflict) == 0);
      CHECK(site.on_disk("heat/a.md") == settled(second));
      CHECK(site.export_again().items.empty());
    }
  }
}

TEST_CASE("a hand edit between the decision and its undoing is neither lost nor written over") {
  for (const bool exported : {false, true}) {
    for (const ConflictResolution second : {ConflictResolution::disk, ConflictResolution::store}) {
      Undone site;
      ok(site.decide(ConflictResolution::store));
      if (exported) site.export_again();
      const std::string late = site.on_disk("heat/a.md") + "\nLate.\n";
      write_file(site.content + "/heat/a.md", late);
      ok(site.undo());
      CHECK(site.export_again().count(ExportAction::conflict) == 1);
      CHECK(site.on_disk("heat/a.md") == late);
      site.check_that_it_waits_as_before();
      ok(site.decide(second));
      site.export_again();
      INFO(site.on_disk("heat/a.md"));
      CHECK(site.on_disk("heat/a.md") == settled(second) + "\nLate.\n");
    }
  }
}

TEST_CASE("a hand edit that was taken in after the decision stays when that is undone") {
  Undone site;
  ok(site.decide(ConflictResolution::store));
  site.export_again();
  write_file(site.content + "/heat/a.md", site.on_disk("heat/a.md") + "\nLate.\n");
  CHECK(site.export_again().count(ExportAction::import_edit) == 1);
  ok(site.undo());
  CHECK(site.bytes("heat/a").ends_with("\nLate.\n"));
  CHECK(site.shown().theirs == hand_written);
  ok(site.decide(ConflictResolution::disk));
  site.export_again();
  CHECK(site.on_disk("heat/a.md").find("First, on disk.") != std::string::npos);
  CHECK(site.on_disk("heat/a.md").find("\nLate.\n") != std::string::npos);
  CHECK(site.on_disk("heat/a.md").find("\nMore on disk.\n") != std::string::npos);
}

TEST_CASE("a change elsewhere in the entry does not stand in the way of undoing and stays") {
  Undone site;
  ok(site.decide(ConflictResolution::disk));
  site.approve("Untouched.", "Touched.");
  ok(site.undo());
  CHECK(site.bytes("heat/a").find("Touched.") != std::string::npos);
  CHECK(site.bytes("heat/a").find("First, in the store.") != std::string::npos);
  ok(site.decide(ConflictResolution::disk));
  site.export_again();
  CHECK(site.on_disk("heat/a.md").find("Touched.") != std::string::npos);
  CHECK(site.on_disk("heat/a.md").find("First, on disk.") != std::string::npos);
}

TEST_CASE("undoing is refused where a change stands on the decision, and says how to undo that first") {
  Undone site;
  ok(site.decide(ConflictResolution::disk));
  const Id change = site.approve("First, on disk.", "First, on disk, and approved.");
  const Status refused = site.undo();
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::conflict);
  CHECK(refused.error().text().find("review undo " + std::to_string(change)) != std::string::npos);
  CHECK(site.conflict().state == ConflictState::decided);
  ok(Review{*site.store, site.clock}.undo(change, site.jane, ""));
  ok(site.undo());
  CHECK(site.shown().theirs == hand_written);
}

TEST_CASE("undoing is refused where a later conflict of the file stands on the decision") {
  Undone site;
  ok(site.decide(ConflictResolution::disk));
  site.export_again();
  write_file(site.content + "/heat/a.md", page_saying("First, on disk, again."));
  site.revise("heat/a", page_saying("First, in the store, again."));
  CHECK(site.export_again().count(ExportAction::conflict) == 1);
  CHECK(site.undo().error().text().find("c2") != std::string::npos);
  ok(site.decide(ConflictResolution::store));
  CHECK(site.undo().error().text().find("c2") != std::string::npos);
  ok(site.undo(2));
}

TEST_CASE(
    "there is nothing to undo of a conflict that waits or is unknown, and each decision is undone once") {
  Undone site;
  CHECK(site.undo().error().text().find("no decision to undo") != std::string::npos);
  CHECK(site.undo(9).error().code == ErrorCode::not_found);
  ok(site.decide(ConflictResolution::store));
  ok(site.undo());
  CHECK_FALSE(site.undo().ok());
  CHECK(site.revisions().size() == 4);
}

TEST_CASE("an entry whose deletion was kept stands again when that is undone, and the deletion waits") {
  EditedSite site;
  fs::remove(site.content + "/heat/b.md");
  site.export_again();
  const auto undo = [&] {
    return Conflicts{*site.store}.undo(site.files, 1, site.jane, "", site.clock.now());
  };
  ok(site.decide(ConflictResolution::disk));
  site.export_again();
  ok(undo());
  CHECK(site.entry("heat/b").state == EntryState::published);
  CHECK(site.export_again().count(ExportAction::deleted_on_disk) == 1);
  CHECK_FALSE(fs::exists(site.content + "/heat/b.md"));
  CHECK(site.waiting().front().id == 1);
  SECTION("so does one for writing it again, before an export has") {
    ok(site.decide(ConflictResolution::store));
    ok(undo());
    CHECK(site.export_again().count(ExportAction::deleted_on_disk) == 1);
    CHECK(site.waiting().front().id == 1);
  }
  SECTION("but not after one") {
    ok(site.decide(ConflictResolution::store));
    CHECK(site.export_again().count(ExportAction::create) == 1);
    CHECK(undo().error().text().find("delete it once more") != std::string::npos);
  }
  SECTION("and not where the file was made again by hand and taken in") {
    ok(site.decide(ConflictResolution::disk));
    write_file(site.content + "/heat/b.md", "Made again.\n");
    ok(import_section(*site.store, site.files, site.content, "jane", site.clock.now()));
    CHECK(undo().error().text().find("stands again") != std::string::npos);
  }
}

TEST_CASE("a file that no export made is kept for another decision, also after it was replaced") {
  for (const bool exported : {false, true}) {
    EditedSite site;
    const std::string other = site.folder / "other";
    const std::string file = other + "/heat/a.md";
    write_file(file, "A file of somebody's.\n");
    const auto export_there = [&] {
      return *export_section(*site.store, site.files, {other, "jane", site.clock.now()});
    };
    export_there();
    ok(site.decide(ConflictResolution::store));
    if (exported) export_there();
    ok(Conflicts{*site.store}.undo(site.files, 1, site.jane, "", site.clock.now()));
    CHECK(export_there().count(ExportAction::conflict) == 1);
    CHECK(read_file(file) == (exported ? page_saying("First.") : "A file of somebody's.\n"));
    CHECK(site.waiting().front().id == 1);
    ok(site.decide(ConflictResolution::disk));
    export_there();
    CHECK(read_file(file) == "A file of somebody's.\n");
    CHECK(site.bytes("heat/a") == "A file of somebody's.\n");
  }
}

TEST_CASE("an entry that changes while what was undone waits is decided against its newest text") {
  Undone site;
  ok(site.decide(ConflictResolution::store));
  site.export_again();
  ok(site.undo());
  site.approve("Untouched.", "Touched.");
  CHECK_FALSE(site.decide(ConflictResolution::disk).ok());
  site.export_again();
  REQUIRE(site.waiting().size() == 1);
  CHECK(site.waiting().front().id == 2);
  CHECK(site.shown().theirs == hand_written);
  ok(site.decide(ConflictResolution::disk));
  site.export_again();
  CHECK(site.on_disk("heat/a.md").find("Touched.") != std::string::npos);
  CHECK(site.on_disk("heat/a.md").find("First, on disk.") != std::string::npos);
}

TEST_CASE("a file that moves takes what waits of it along, also where its text is in the store alone") {
  Undone site;
  ok(site.decide(ConflictResolution::store));
  site.export_again();
  ok(site.undo());
  fs::rename(site.content + "/heat/a.md", site.content + "/heat/moved.md");
  site.export_again();
  REQUIRE(site.waiting().size() == 1);
  CHECK(site.waiting().front().file == "heat/moved.md");
  CHECK(site.export_again().count(ExportAction::conflict) == 1);
  ok(site.decide(ConflictResolution::disk));
  site.export_again();
  CHECK(site.on_disk("heat/moved.md") == settled(ConflictResolution::disk));
  CHECK_FALSE(fs::exists(site.content + "/heat/a.md"));
}

TEST_CASE("an export that died between the file and its note loses nothing of what is undone after") {
  Undone site;
  ok(site.decide(ConflictResolution::store));
  // The file was written, and the manifest was not.
  write_file(site.content + "/heat/a.md", settled(ConflictResolution::store));
  ok(site.undo());
  CHECK(site.export_again().count(ExportAction::conflict) == 1);
  site.check_that_it_waits_as_before();
  ok(site.decide(ConflictResolution::disk));
  site.export_again();
  CHECK(site.bytes("heat/a") == settled(ConflictResolution::disk));
  CHECK(site.on_disk("heat/a.md") == settled(ConflictResolution::disk));
}
