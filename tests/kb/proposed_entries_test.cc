#include "kb/review/proposed_entries.h"

#include "entries/page_templates.h"
#include "kb/entries/entry_store.h"
#include "kb/review/review.h"
#include "kb/runs/runs.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::testing;

namespace {

const std::string sentence = "Glowstone AG of Chur makes bricks that store heat.";

struct Prepared {
  std::unique_ptr<Store> store = ok(Store::in_memory());
  FakeClock clock{"2026-11-23T10:00:00Z"};
  Id run_id = ok(Runs{*store}.begin("test", clock.now()));
  Id snapshot_id = 0;
  Reviewer person{AuthorKind::person, "jane"};

  Prepared() {
    const Id source = ok(Sources{*store}.add("page", "https://example.org/a", "", clock.now()));
    Snapshots snapshots{*store};
    const auto document = ok(snapshots.document(source, "https://example.org/a", "https://example.org/a"));
    NewSnapshot snapshot;
    snapshot.metadata.fetched_at = clock.now();
    snapshot.metadata.title = "News";
    snapshot.body = "<html>";
    snapshot.text = sentence;
    snapshot.passages = {{0, 0, 0, 0, sentence.size(), "a", true}};
    snapshot_id = ok(snapshots.add(document.id, snapshot));
  }

  ProposedEntry glowstone() const {
    ProposedEntry entry;
    entry.path = "heat/glowstone";
    entry.title = "Glowstone";
    entry.bytes = entries::render_stub_page(store->conventions(), {"Glowstone", "heat/glowstone", "2026-11-23"});
    entry.change.kind = new_entry_kind;
    entry.change.edit.kind = entries::EditKind::add_to_part;
    entry.change.edit.part = "Summary";
    entry.change.edit.text = "Glowstone makes bricks that store heat.";
    entry.change.place = "Summary";
    entry.change.new_text = entry.change.edit.text;
    Citation citation;
    citation.snapshot_id = snapshot_id;
    citation.begin_byte = 0;
    citation.end_byte = sentence.size();
    citation.quote = sentence;
    entry.change.citations = {citation};
    return entry;
  }

  Id propose(const ProposedEntry& entry) {
    return ok(propose_entry(*store, run_id, "a model", clock.now(), entry));
  }
  Change waiting() { return ok(Proposals{*store}.list({})).at(0); }
  Entry entry() { return ok(EntryStore{*store}.find("heat/glowstone")).value(); }
};

}  // namespace

TEST_CASE("a proposed entry is a stub until its first change is approved") {
  Prepared kb;
  CHECK(kb.propose(kb.glowstone()) != 0);
  CHECK(kb.entry().state == EntryState::stub);
  CHECK(kb.waiting().kind == new_entry_kind);
  const auto revisions = ok(EntryStore{*kb.store}.revisions(kb.entry().id));
  CHECK(revisions.at(0).author_kind == AuthorKind::model);
  Review review{*kb.store, kb.clock};
  REQUIRE(review.approve(kb.waiting().id, kb.person, "", "").ok());
  CHECK(kb.entry().state == EntryState::published);
  CHECK_THAT(ok(EntryStore{*kb.store}.current_bytes(kb.entry())),
             ContainsSubstring("## Summary\n\nGlowstone makes bricks that store heat.\n"));
}

TEST_CASE("a proposed entry that is turned down is gone and back when that is taken back") {
  Prepared kb;
  kb.propose(kb.glowstone());
  const Id change = kb.waiting().id;
  Review review{*kb.store, kb.clock};
  REQUIRE(review.reject(change, kb.person, "of no interest").ok());
  CHECK(kb.entry().state == EntryState::removed);
  CHECK(kb.propose(kb.glowstone()) == 0);
  REQUIRE(review.undo(change, kb.person, "").ok());
  CHECK(kb.entry().state == EntryState::stub);
  REQUIRE(review.approve(change, kb.person, "", "").ok());
  CHECK(kb.entry().state == EntryState::published);
}

TEST_CASE("an entry that is there under its path or its title is not proposed") {
  Prepared kb;
  kb.propose(kb.glowstone());
  CHECK(kb.propose(kb.glowstone()) == 0);
  ProposedEntry same_title = kb.glowstone();
  same_title.path = "power/glowstone";
  same_title.title = "GLOWSTONE";
  CHECK(kb.propose(same_title) == 0);
  CHECK(ok(EntryStore{*kb.store}.list()).size() == 1);
}

TEST_CASE("a path that an entry moved away from is not proposed again") {
  Prepared kb;
  kb.propose(kb.glowstone());
  REQUIRE(EntryStore{*kb.store}.move(kb.entry().id, "power/glow.md", kb.clock.now(), "jane").ok());
  ProposedEntry other = kb.glowstone();
  other.title = "Another title";
  CHECK(kb.propose(other) == 0);
}

TEST_CASE("a proposed entry with a false quote leaves nothing behind") {
  Prepared kb;
  ProposedEntry entry = kb.glowstone();
  entry.change.citations[0].quote = "invented";
  CHECK_FALSE(propose_entry(*kb.store, kb.run_id, "a model", kb.clock.now(), entry).ok());
  CHECK(ok(EntryStore{*kb.store}.list()).empty());
}

TEST_CASE("turning down another change of a stub leaves the stub") {
  Prepared kb;
  ProposedEntry entry = kb.glowstone();
  entry.change.kind = "add fact";
  kb.propose(entry);
  Review review{*kb.store, kb.clock};
  REQUIRE(review.reject(kb.waiting().id, kb.person, "").ok());
  CHECK(kb.entry().state == EntryState::stub);
}

TEST_CASE("approving a noted contradiction changes nothing and rewriting it changes the block") {
  Prepared kb;
  const Entry made = ok(EntryStore{*kb.store}.add(
      {"heat/kiln", "heat/kiln.md", EntryKind::entry, "Kiln", EntryState::published,
       "---\ntitle: Kiln\nlastmod: 2026-01-01\n---\n\nGlowstone sits in Basel.\n\n## Sources\n\n- "
       "[News](https://example.org/a)\n"},
      AuthorKind::person, "jane", kb.clock.now(), ""));
  const auto document = ok(EntryStore{*kb.store}.document(made.current_revision_id));
  Proposals::NewChange change = kb.glowstone().change;
  change.kind = "note contradiction";
  change.edit = {};
  change.edit.kind = entries::EditKind::leave_block;
  change.edit.target = document.ids.at(2);
  change.new_text = "Glowstone sits in Basel.";
  change.citations[0].refutes = true;
  const auto propose = [&] {
    ok(Proposals{*kb.store}.propose(kb.run_id, made.id, made.current_revision_id, "a model", kb.clock.now(),
                                    {}, {change}));
    return kb.waiting().id;
  };
  Review review{*kb.store, kb.clock};
  REQUIRE(review.approve(propose(), kb.person, "", "").ok());
  const auto bytes = [&] {
    return ok(EntryStore{*kb.store}.current_bytes(ok(EntryStore{*kb.store}.get(made.id))));
  };
  CHECK_THAT(bytes(), ContainsSubstring("lastmod: 2026-01-01\n"));
  CHECK(bytes().find("source_urls") == std::string::npos);
  CHECK_THAT(bytes(), ContainsSubstring("\n\nGlowstone sits in Basel.\n\n## Sources\n"));
  REQUIRE(review.approve_edited(propose(), kb.person, {"Glowstone sits in Chur."}, "").ok());
  CHECK_THAT(bytes(), ContainsSubstring("\n\nGlowstone sits in Chur.\n\n## Sources\n"));
  CHECK_THAT(bytes(), ContainsSubstring("lastmod: 2026-11-23\n"));
}
