// What a person makes of a proposed change.

#include "kb/review/reviewer_edit.h"

#include "kb/review/split.h"
#include "tests/kb/prepared_review.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;

namespace {

const std::string raised = "Saltline raised €18 million on 22 January 2026.";
const std::string staff = "It has 31 employees.";

std::optional<entries::EditPreview> own_version(const PreparedReview& kb, Id change) {
  return ok(approved_reviewer_edit(*kb.store, ok(Proposals{*kb.store}.get(change))));
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a change that was approved with a person's own text has it until that is undone") {
  PreparedReview kb;
  const Id id = kb.propose(kb.fact(staff, staff));
  Review review{*kb.store, kb.clock};
  CHECK_FALSE(own_version(kb, id));
  ok(review.approve_edited(id, kb.person, {"- **Staff:** 31"}, ""));
  REQUIRE(own_version(kb, id));
  CHECK(own_version(kb, id)->place == "Key Facts");
  CHECK(own_version(kb, id)->old_text.empty());
  CHECK(own_version(kb, id)->new_text == "- **Staff:** 31");
  ok(review.undo(id, kb.person, ""));
  CHECK_FALSE(own_version(kb, id));
  ok(review.approve(id, kb.person, "", ""));
  CHECK_FALSE(own_version(kb, id));
}

TEST_CASE("a person's own text stands against what it replaced also when the page went on") {
  PreparedReview kb;
  const Id id = kb.propose(kb.replacement("- New fact."));
  ok(Review{*kb.store, kb.clock}.approve_edited(id, kb.person, {"- My fact."}, ""));
  kb.edit("- My fact.\n", "- Something else by now.\n");
  REQUIRE(own_version(kb, id));
  CHECK(own_version(kb, id)->old_text == "- Old fact.");
  CHECK(own_version(kb, id)->new_text == "- My fact.");
}

TEST_CASE("a person's own text that stood there already is told as it was written") {
  PreparedReview kb;
  kb.edit("lastmod: 2026-01-01", "lastmod: 2026-11-23");
  kb.edit("last_reviewed: 2026-01-01", "last_reviewed: 2026-11-23");
  kb.edit("- Old fact.\n", "- Old fact.\n\nSome entirely other words.\n");
  auto change = kb.replacement("");
  change.citations.clear();
  const auto document =
      ok(EntryStore{*kb.store}.document(ok(EntryStore{*kb.store}.get(kb.entry_id)).current_revision_id));
  for (std::size_t i = 0; i < document.ids.size(); ++i) {
    const std::string_view block = document.document.text(document.document.blocks()[i]);
    if (block.starts_with("Some")) change.edit.target = document.ids[i];
  }
  change.edit.expected.clear();
  change.edit.text = change.new_text = "Others.";
  change.old_text = "Some entirely other words.";
  const Id id = kb.propose(change);
  const std::string before = kb.text();
  ok(Review{*kb.store, kb.clock}.approve_edited(id, kb.person, {"Some entirely other words."}, ""));
  REQUIRE(kb.text() == before);
  REQUIRE(own_version(kb, id));
  CHECK(own_version(kb, id)->new_text == "Some entirely other words.");
}

TEST_CASE("a fact is moved to developments in the order of dates as the person's edit") {
  PreparedReview kb;
  kb.edit("- Old fact.\n",
          "- Old fact.\n\n## Notable Developments\n\n- **2026-11:** New.\n- **2025-02:** Old.\n");
  auto change = kb.fact(raised, raised);
  change.edit.date = "2026-01";
  const Id id = kb.propose(change);
  Review review{*kb.store, kb.clock};
  ok(review.approve_edited(id, kb.person, {raised, "developments"}, "it is news"));
  CHECK(has(kb.text(), "- **2026-11:** New.\n- **2026-01:** " + raised + "\n- **2025-02:** Old.\n"));
  const auto decision = ok(Proposals{*kb.store}.decisions(id)).back();
  CHECK(decision.verdict == Verdict::edit);
  CHECK(decision.decided_by == "jane");
  CHECK(decision.text == raised);
  CHECK(decision.moved_to == "Notable Developments");
  CHECK(decision.reason == "it is news");
  const auto current = ok(EntryStore{*kb.store}.get(kb.entry_id)).current_revision_id;
  const auto revision = ok(EntryStore{*kb.store}.revision(current));
  CHECK(revision.author == "jane");
  CHECK(revision.note.starts_with("approved as edited"));
  REQUIRE(own_version(kb, id));
  CHECK(own_version(kb, id)->place == "Notable Developments");
  CHECK(own_version(kb, id)->new_text == "- **2026-01:** " + raised);
  SECTION("and waits where it was proposed when that is undone") {
    ok(review.undo(id, kb.person, ""));
    CHECK_FALSE(has(kb.text(), raised));
    CHECK(kb.state_of(id) == ChangeState::waiting);
    ok(review.approve(id, kb.person, "", ""));
    CHECK(has(kb.text(), "- Old fact.\n- " + raised + "\n"));
    CHECK(ok(Proposals{*kb.store}.decisions(id)).back().moved_to.empty());
  }
}

TEST_CASE("a part that is missing is made for what is moved to it and goes with it again") {
  PreparedReview kb;
  const Id id = kb.propose(kb.fact(raised, raised));
  Review review{*kb.store, kb.clock};
  ok(review.approve_edited(id, kb.person, {raised, "Summary"}, ""));
  CHECK(has(kb.text(), "## Summary\n\n" + raised + "\n\n## Key Facts\n"));
  ok(review.undo(id, kb.person, ""));
  CHECK_FALSE(has(kb.text(), "## Summary"));
  CHECK(has(kb.text(), "## Key Facts\n\n- Old fact.\n"));
}

TEST_CASE("a part of a split change is moved by itself and the others stay together") {
  PreparedReview kb;
  auto change = kb.fact(staff, staff);
  change.edit.kind = entries::EditKind::add_to_part;
  change.edit.text = change.new_text = "- One.\n- Two.\n- Three.";
  const auto parts = ok(split_change(*kb.store, kb.propose(change)));
  REQUIRE(parts.size() == 3);
  Review review{*kb.store, kb.clock};
  ok(review.approve(parts[2], kb.person, "", ""));
  ok(review.approve_edited(parts[1], kb.person, {"- Two.", "Summary"}, ""));
  ok(review.approve(parts[0], kb.person, "", ""));
  CHECK(has(kb.text(), "## Summary\n\nTwo.\n\n## Key Facts\n\n- Old fact.\n\n- One.\n- Three.\n"));
}

TEST_CASE("where there is no moving nothing is decided") {
  PreparedReview kb;
  Review review{*kb.store, kb.clock};
  const Id replaces = kb.propose(kb.replacement("- Other fact."));
  CHECK(review.approve_edited(replaces, kb.person, {"- Other fact.", "Summary"}, "").error().code ==
        ErrorCode::refused);
  const Id undated = kb.propose(kb.fact(staff, staff));
  CHECK(has(
      review.approve_edited(undated, kb.person, {"It has 31.", "Notable Developments"}, "").error().text(),
      "has a date"));
  CHECK(review.approve_edited(undated, kb.person, {"It has 31.", "Nowhere"}, "").error().code ==
        ErrorCode::invalid_argument);
  CHECK(kb.state_of(replaces) == ChangeState::waiting);
  CHECK(kb.state_of(undated) == ChangeState::waiting);
  CHECK(ok(Proposals{*kb.store}.decisions(undated)).empty());
}
