#include "kb/review/review_queue.h"

#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/runs/runs.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::testing;

namespace {

struct Waiting {
  std::unique_ptr<Store> store = ok(Store::in_memory());
  FakeClock clock{"2026-11-23T10:00:00Z"};
  Id run_id = ok(Runs{*store}.begin("test", clock.now()));

  Id add(const std::string& path, const std::string& text, const std::string& flag = "") {
    EntryStore entries{*store};
    auto entry = ok(entries.find(path));
    if (!entry)
      entry = ok(entries.add({path, path + ".md", EntryKind::entry, "About " + path, EntryState::published,
                              "## Facts\n\n- One.\n"},
                             AuthorKind::person, "jane", clock.now(), ""));
    Proposals::NewChange change;
    change.kind = "add fact";
    change.edit.kind = entries::EditKind::add_list_item;
    change.edit.part = "Facts";
    change.edit.text = text;
    change.place = "Facts";
    change.new_text = "- " + text;
    if (!flag.empty()) {
      change.flags.emplace_back();
      change.flags.back().name = flag;
    }
    const Id proposal = ok(Proposals{*store}.propose(run_id, entry->id, entry->current_revision_id, "test",
                                                     clock.now(), {}, {change}));
    for (const Change& each : ok(Proposals{*store}.list({}))) {
      if (each.proposal_id == proposal) return each.id;
    }
    return 0;
  }

  std::vector<Id> ids(const ChangeFilter& filter) {
    std::vector<Id> found;
    for (const QueuedChange& change : ok(review_queue(*store, filter))) found.push_back(change.id);
    return found;
  }
};

}  // namespace

TEST_CASE("the queue stands by entry and says of each change what a list shows") {
  Waiting kb;
  const Id late = kb.add("b/two", "Later in the alphabet.");
  const Id flagged = kb.add("a/one", std::string(400, 'x'), "old-source");
  const auto queue = ok(review_queue(*kb.store, {}));
  REQUIRE(queue.size() == 2);
  CHECK(queue[0].id == flagged);
  CHECK(queue[0].flags == 1);
  CHECK(queue[0].excerpt.size() == 300);
  CHECK(queue[0].entry_title == "About a/one");
  CHECK(queue[1].id == late);
  CHECK(queue[1].excerpt == "- Later in the alphabet.");
  CHECK(queue[1].run_id == kb.run_id);
}

TEST_CASE("the queue is filtered by flag, age, words and place, as the list of changes is") {
  Waiting kb;
  const Id old = kb.add("a/one", "Grew in Graz.");
  kb.clock.advance(std::chrono::hours{48});
  const Id flagged = kb.add("a/two", "Shrank in Basel.", "old-source");
  const Id other = kb.add("b/three", "Moved to GRAZ.");
  ChangeFilter filter;
  filter.flagged = true;
  CHECK(kb.ids(filter) == std::vector<Id>{flagged});
  filter.flagged = false;
  CHECK(kb.ids(filter) == std::vector<Id>{old, other});
  filter = {};
  filter.words = "graz";
  CHECK(kb.ids(filter) == std::vector<Id>{old, other});
  filter.path = "b";
  CHECK(kb.ids(filter) == std::vector<Id>{other});
  filter = {};
  filter.proposed_from = kb.clock.now();
  CHECK(kb.ids(filter) == std::vector<Id>{flagged, other});
  filter = {};
  filter.proposed_before = kb.clock.now();
  CHECK(kb.ids(filter) == std::vector<Id>{old});
  CHECK(ok(Proposals{*kb.store}.list(filter)).size() == 1);
}

TEST_CASE("sections are counted with their entries and flags") {
  Waiting kb;
  kb.add("a/one", "One.");
  kb.add("a/one", "Two.", "old-source");
  kb.add("a/two", "Three.");
  kb.add("top", "Four.");
  const auto sections = group_by_section(ok(review_queue(*kb.store, {})));
  REQUIRE(sections.size() == 2);
  CHECK(sections[0].path.empty());
  CHECK(sections[0].changes == 1);
  CHECK(sections[1].path == "a");
  CHECK(sections[1].entries == 2);
  CHECK(sections[1].changes == 3);
  CHECK(sections[1].flagged == 1);
  const auto counts = ok(waiting_counts(*kb.store));
  CHECK(counts.changes == 4);
  CHECK(counts.flagged == 1);
  CHECK(counts.entries == 3);
  CHECK(counts.conflicts == 0);
}
