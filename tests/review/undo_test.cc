// Decisions that were made together are undone together, or not at all.

#include "review/decisions.h"

#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/runs/runs.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

const kb::Reviewer jane{kb::AuthorKind::person, "jane"};

// An entry with two facts that were approved together.
struct ApprovedFacts {
  std::unique_ptr<kb::Store> store = ok(kb::Store::in_memory());
  FakeClock clock{"2026-11-23T10:00:00Z"};
  DiskFileSystem files;
  kb::Id entry_id = 0;
  std::vector<kb::Id> changes;

  ApprovedFacts() {
    entry_id =
        ok(kb::EntryStore{*store}.add(
               {"heat/saltline", "heat/saltline.md", kb::EntryKind::entry, "Saltline",
                kb::EntryState::published, "---\ntitle: \"Saltline\"\n---\n\n## Key Facts\n\n- HQ: Aarhus\n"},
               kb::AuthorKind::person, "jane", clock.now(), "made"))
            .id;
    std::vector<kb::Proposals::NewChange> facts;
    for (const std::string text : {"Founded: 2022", "Staff: 31"}) {
      kb::Proposals::NewChange fact;
      fact.kind = "add fact";
      fact.edit.kind = entries::EditKind::add_list_item;
      fact.edit.part = fact.place = "Key Facts";
      fact.edit.text = text;
      fact.new_text = "- " + text;
      facts.push_back(fact);
    }
    const kb::Id run = ok(kb::Runs{*store}.begin("test", clock.now()));
    const auto entry = ok(kb::EntryStore{*store}.get(entry_id));
    ok(kb::Proposals{*store}.propose(run, entry_id, entry.current_revision_id, "test", clock.now(), {},
                                     facts));
    for (const kb::Change& change : ok(kb::Proposals{*store}.list({}))) changes.push_back(change.id);
    for (const Status& each : ok(kb::Review{*store, clock}.approve_all(changes, jane, ""))) ok(each);
  }

  kb::ChangeState state(kb::Id id) { return ok(kb::Proposals{*store}.get(id)).state; }
  Status undo() { return review::undo(*store, files, {changes, {}, 0}, jane, clock); }
};

}  // namespace

TEST_CASE("several changes are undone together") {
  ApprovedFacts facts;
  ok(facts.undo());
  for (const kb::Id id : facts.changes) CHECK(facts.state(id) == kb::ChangeState::waiting);
  CHECK(facts.undo().error().code == ErrorCode::conflict);
}

TEST_CASE("nothing is undone where one of the changes cannot be") {
  ApprovedFacts facts;
  kb::EntryStore entries{*facts.store};
  // The first one's text was changed since, and it is undone last.
  const auto entry = ok(entries.get(facts.entry_id));
  std::string bytes = ok(entries.current_bytes(entry));
  bytes.replace(bytes.find("Founded: 2022"), 13, "Founded: 2021");
  ok(entries.add_revision(facts.entry_id, bytes, kb::AuthorKind::person, "jane", facts.clock.now(),
                          "by hand"));
  CHECK(facts.undo().error().code == ErrorCode::conflict);
  for (const kb::Id id : facts.changes) CHECK(facts.state(id) == kb::ChangeState::approved);
}

TEST_CASE("a change that waits again already does not keep the others from being undone") {
  ApprovedFacts facts;
  ok(kb::Review{*facts.store, facts.clock}.undo(facts.changes[1], jane, ""));
  ok(facts.undo());
  CHECK(facts.state(facts.changes[0]) == kb::ChangeState::waiting);
}
