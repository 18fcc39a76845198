// What a person makes of a proposed change.

#include "kb/own_version.h"

#include "tests/kb/prepared_review.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;

namespace {

const std::string staff = "It has 31 employees.";

std::optional<entries::EditPreview> own_version(const PreparedReview& kb, Id change) {
  return ok(approved_own_version(*kb.store, ok(Proposals{*kb.store}.get(change))));
}

}  // namespace

TEST_CASE("a change that was approved with a person's own text has it until that is undone") {
  PreparedReview kb;
  const Id id = kb.propose(kb.fact(staff, staff));
  Review review{*kb.store, kb.clock};
  CHECK_FALSE(own_version(kb, id));
  ok(review.approve_edited(id, kb.person, "- **Staff:** 31", ""));
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
  ok(Review{*kb.store, kb.clock}.approve_edited(id, kb.person, "- My fact.", ""));
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
  ok(Review{*kb.store, kb.clock}.approve_edited(id, kb.person, "Some entirely other words.", ""));
  REQUIRE(kb.text() == before);
  REQUIRE(own_version(kb, id));
  CHECK(own_version(kb, id)->new_text == "Some entirely other words.");
}
