// What approving makes of an entry's text: the same one by one and many together.

#include "kb/review/approved_text.h"

#include "kb/review/split.h"
#include "tests/kb/prepared_review.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;

namespace {

// A store with thirty entries, each with changes that meet each other: two facts, two texts for
// the same block, a change in three parts.
struct MeetingChanges {
  PreparedReview review{EntryState::stub};
  std::vector<Id> entries;
  std::vector<Id> changes;

  MeetingChanges() {
    const std::string text = review.text();
    for (int i = 0; i < 30; ++i) {
      const std::string path = "makers/m" + std::to_string(100 + i);
      review.entry_id =
          ok(EntryStore{*review.store}.add({path, path + ".md", EntryKind::entry, path,
                                            i % 2 == 0 ? EntryState::stub : EntryState::published, text},
                                           AuthorKind::person, "jane", review.clock.now(), ""))
              .id;
      entries.push_back(review.entry_id);
      propose();
    }
  }

  void propose() {
    const std::string quote = "It has 31 employees.";
    const Id fact = review.propose(review.fact("A fact.", quote));
    const Id other = review.propose(review.fact("Another fact.", quote));
    auto lines = review.replacement("");
    lines.edit.kind = entries::EditKind::insert_after;
    lines.edit.text = "- First.\n- Second.\n- Third.";
    lines.edit.expected.clear();
    const auto parts = ok(split_change(*review.store, review.propose(lines)));
    auto longer = review.replacement("- Old fact, and more.\n");
    auto shorter = review.replacement("- Old fact in short.\n");
    // The later one takes the other's place, so that this cannot be approved.
    const Id added = review.propose(longer);
    const Id cut = review.propose(shorter);
    for (const Id id : {parts[2], fact, added, parts[0], cut, other, parts[1]}) changes.push_back(id);
  }

  // Every entry's text, state and history, and what became of every change.
  std::vector<std::string> all() {
    std::vector<std::string> lines;
    EntryStore store{*review.store};
    for (const Id id : entries) {
      const auto entry = ok(store.get(id));
      lines.push_back(entry_state_name(entry.state) + (":\n" + ok(store.current_bytes(entry))));
      for (const Revision& revision : ok(store.revisions(id))) {
        lines.push_back(std::to_string(revision.number) + " " + revision.author + " " + revision.note + " " +
                        revision.body_sha256);
        for (const BlockRecord& block : ok(store.blocks(revision.id))) lines.back() += " " + block.block_id;
      }
    }
    for (const Id id : changes)
      lines.push_back(std::to_string(id) + " " + change_state_name(review.state_of(id)));
    return lines;
  }
};

}  // namespace

TEST_CASE("many changes approved together give the texts and histories that one after the other gives") {
  MeetingChanges together;
  MeetingChanges one_by_one;
  REQUIRE(together.all() == one_by_one.all());
  Review review{*one_by_one.review.store, one_by_one.review.clock};
  const auto outcomes = ok(Review{*together.review.store, together.review.clock}.approve_all(
      together.changes, together.review.person, "all"));
  REQUIRE(outcomes.size() == one_by_one.changes.size());
  std::size_t approved = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    INFO("change " << one_by_one.changes[i]);
    const auto alone = review.approve(one_by_one.changes[i], one_by_one.review.person, "all", "");
    CHECK(outcomes[i].ok() == alone.ok());
    if (!outcomes[i].ok() && !alone.ok()) CHECK(outcomes[i].error().text() == alone.error().text());
    if (alone.ok()) ++approved;
  }
  CHECK(approved == 180);  // all but one of each entry's seven
  CHECK(together.all() == one_by_one.all());
}

TEST_CASE("a change that does not fit its entry's text gives a conflict and no text") {
  PreparedReview kb;
  const Id id = kb.propose(kb.replacement("- Another fact.\n"));
  const Change as_proposed = ok(Proposals{*kb.store}.get(id));
  kb.edit("- Old fact.", "- Rewritten by hand.");
  const auto text = approved_text(*kb.store, as_proposed, ok(EntryStore{*kb.store}.get(kb.entry_id)), nullptr,
                                  "2026-11-23");
  REQUIRE_FALSE(text.ok());
  CHECK(text.error().code == ErrorCode::conflict);
}

TEST_CASE("a change with its sources and dates is told as approving it gives it") {
  PreparedReview kb;
  const auto told = [&](Id change_id) {
    const auto change = ok(Proposals{*kb.store}.get(change_id));
    const auto entry = ok(EntryStore{*kb.store}.get(kb.entry_id));
    return ok(approved_text(*kb.store, change, entry, nullptr, iso_date(kb.clock.now()))).after.print();
  };
  SECTION("of a fact and of a replacement") {
    const bool is_review = GENERATE(false, true);
    if (is_review) count_approvals_as_reviews(*kb.store);
    for (const bool replaces : {false, true}) {
      const Id id = kb.propose(replaces ? kb.replacement("- It has 31 employees.")
                                        : kb.fact("It raised €18 million.", "Saltline raised €18 million"));
      const std::string before = kb.text();
      const std::string text = told(id);
      CHECK(kb.text() == before);
      ok(Review{*kb.store, kb.clock}.approve(id, kb.person, "", ""));
      CHECK(kb.text() == text);
      CHECK(text.find("https://example.org/news") != std::string::npos);
      CHECK((text.find("last_reviewed: 2026-11-23") != std::string::npos) == is_review);
      CHECK(text.find("lastmod: 2026-11-23") != std::string::npos);
    }
  }
  SECTION("of what was rechecked, without sources") {
    Proposals::NewChange change;
    change.kind = rechecked_kind;
    change.edit.kind = entries::EditKind::set_field;
    change.edit.target = "last_reviewed";
    change.edit.text = "2026-11-20";
    change.edit.style = entries::ScalarStyle::bare_date;
    const Id id = kb.propose(change);
    const std::string text = told(id);
    ok(Review{*kb.store, kb.clock}.approve(id, kb.person, "", ""));
    CHECK(kb.text() == text);
    CHECK(text.find("lastmod: 2026-01-01\n") != std::string::npos);
    CHECK(text.find("last_reviewed: 2026-11-20\n") != std::string::npos);
  }
}
