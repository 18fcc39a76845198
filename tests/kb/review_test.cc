#include "kb/review/review.h"

#include "kb/review/provenance.h"
#include "tests/kb/prepared_review.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;
using Prepared = PreparedReview;

TEST_CASE("an approved change stands in the entry with its source, and the dates move") {
  Prepared kb{EntryState::stub};
  const Id change = kb.propose(kb.fact("It has 31 employees.", "It has 31 employees."));
  Review review{*kb.store, kb.clock};
  const Revision revision = ok(review.approve(change, kb.person, "", ""));
  CHECK(revision.number == 2);
  CHECK(revision.author == "jane");
  CHECK(kb.text() ==
        "---\ntitle: \"Saltline\"\nlastmod: 2026-11-23\nsource_urls:\n  - "
        "\"https://example.org/news\"\nlast_reviewed: 2026-01-01\n---\n\n"
        "## Key Facts\n\n- Old fact.\n- It has 31 employees.\n\n## Sources\n\n- "
        "[News](https://example.org/news)\n");
  CHECK(ok(EntryStore{*kb.store}.get(kb.entry_id)).state == EntryState::published);
  CHECK(kb.state_of(change) == ChangeState::approved);
  CHECK(review.approve(change, kb.person, "", "").error().code == ErrorCode::conflict);
}

TEST_CASE("where a sentence comes from is told with its quote") {
  Prepared kb;
  const Id change = kb.propose(kb.fact("It has 31 employees.", "It has 31 employees."));
  ok(Review{*kb.store, kb.clock}.approve(change, kb.person, "", ""));
  const std::string text = kb.text();
  const auto line =
      1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find("- It has")), '\n');
  const auto found = ok(find_provenance(*kb.store, kb.entry_id, static_cast<std::size_t>(line)));
  REQUIRE(found.size() == 1);
  REQUIRE(found[0].changes.size() == 1);
  CHECK(found[0].changes[0].citations.at(0).quote == "It has 31 employees.");
  const auto old = ok(find_provenance(*kb.store, kb.entry_id, static_cast<std::size_t>(line - 1)));
  REQUIRE(old.size() == 1);
  CHECK(old[0].changes.empty());
  CHECK(find_provenance(*kb.store, kb.entry_id, 9999).error().code == ErrorCode::not_found);
}

TEST_CASE("a citation whose quote is not what the snapshot says is refused, and nothing is stored") {
  Prepared kb;
  auto change = kb.fact("It has 31 employees.", "It has 31 employees.");
  SECTION("other words") {
    change.citations[0].quote = "It has 32 employees.";
  }
  SECTION("another place") {
    ++change.citations[0].begin_byte;
  }
  SECTION("beyond the end") {
    change.citations[0].begin_byte += 5000;
    change.citations[0].end_byte += 5000;
  }
  const auto entry = ok(EntryStore{*kb.store}.get(kb.entry_id));
  Proposals::Filter everything;
  everything.state = std::nullopt;
  const auto result = Proposals{*kb.store}.propose(kb.run_id, kb.entry_id, entry.current_revision_id, "test",
                                                   kb.clock.now(), {}, {change});
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().code == ErrorCode::corrupt);
  CHECK(ok(Proposals{*kb.store}.list(everything)).empty());
}

TEST_CASE("a flagged change is approved by a person and never by a policy") {
  Prepared kb;
  auto change = kb.fact("It has 31 employees.", "It has 31 employees.");
  Flag flag;
  flag.name = "old-source";
  flag.detail = "2019";
  change.flags.push_back(flag);
  const Id id = kb.propose(change);
  Review review{*kb.store, kb.clock};
  const auto refused = review.approve(id, {AuthorKind::policy, "auto_approve"}, "", "");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::refused);
  CHECK(kb.state_of(id) == ChangeState::waiting);
  ok(review.approve(id, kb.person, "", ""));
}

TEST_CASE("an approval of what was not looked at is refused") {
  Prepared kb;
  const Id id = kb.propose(kb.replacement("- Old fact and more."));
  Review review{*kb.store, kb.clock};
  const std::string seen = kb.seen(id);
  SECTION("its block was changed in other words") {
    kb.edit("- Old fact.", "- Old proven fact.");
    CHECK(review.approve(id, kb.person, "", seen).error().code == ErrorCode::conflict);
    CHECK(review.reject(id, kb.person, "", seen).error().code == ErrorCode::conflict);
    CHECK(review.approve_edited(id, kb.person, {"- Mine."}, "", seen).error().code == ErrorCode::conflict);
    CHECK(kb.state_of(id) == ChangeState::waiting);
    ok(review.approve(id, kb.person, "", kb.seen(id)));
    CHECK(kb.text().find("- Old proven fact and more.\n") != std::string::npos);
  }
  SECTION("what else the entry says does not count") {
    ok(EntryStore{*kb.store}.add_revision(kb.entry_id, kb.text() + "\nmore\n", AuthorKind::person, "jane",
                                          kb.clock.now(), ""));
    ok(review.approve(id, kb.person, "", seen));
  }
}

TEST_CASE("a change of a block that a person changed since becomes outdated and touches nothing") {
  Prepared kb;
  const auto entry = ok(EntryStore{*kb.store}.get(kb.entry_id));
  const auto document = ok(EntryStore{*kb.store}.document(entry.current_revision_id));
  auto change = kb.fact("", "It has 31 employees.");
  change.edit.kind = entries::EditKind::replace_block;
  for (std::size_t i = 0; i < document.ids.size(); ++i) {
    if (document.document.text(document.document.blocks()[i]) == "- Old fact.\n")
      change.edit.target = document.ids[i];
  }
  change.edit.expected = "- Old fact.\n";
  change.edit.text = "- New fact.";
  const Id id = kb.propose(change);
  std::string edited = kb.text();
  edited.replace(edited.find("Old fact"), 8, "My own fact, which is quite another");
  ok(EntryStore{*kb.store}.add_revision(kb.entry_id, edited, AuthorKind::person, "jane", kb.clock.now(), ""));
  const auto result = Review{*kb.store, kb.clock}.approve(id, kb.person, "", "");
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().code == ErrorCode::conflict);
  CHECK(kb.state_of(id) == ChangeState::outdated);
  CHECK(kb.text() == edited);
}

TEST_CASE("a rejection is remembered with its reason and can be undone") {
  Prepared kb;
  const Id id = kb.propose(kb.fact("It has 31 employees.", "It has 31 employees."));
  Review review{*kb.store, kb.clock};
  const std::string before = kb.text();
  ok(review.reject(id, kb.person, "not news"));
  CHECK(kb.text() == before);
  const auto rejections = ok(Proposals{*kb.store}.rejections(kb.entry_id));
  REQUIRE(rejections.size() == 1);
  CHECK(rejections[0].second == "not news");
  ok(review.undo(id, kb.person, ""));
  CHECK(kb.state_of(id) == ChangeState::waiting);
  CHECK(ok(Proposals{*kb.store}.rejections(kb.entry_id)).empty());
  CHECK(ok(Proposals{*kb.store}.decisions(id)).size() == 2);
}

TEST_CASE("an approval that is undone takes its text out again, unless somebody worked on it") {
  Prepared kb;
  const Id id = kb.propose(kb.fact("It has 31 employees.", "It has 31 employees."));
  Review review{*kb.store, kb.clock};
  ok(review.approve(id, kb.person, "", ""));
  SECTION("untouched") {
    ok(review.undo(id, kb.person, "a mistake"));
    CHECK(kb.text().find("31 employees") == std::string::npos);
    CHECK(kb.text().find("- Old fact.\n") != std::string::npos);
    CHECK(kb.state_of(id) == ChangeState::waiting);
  }
  SECTION("edited since") {
    std::string edited = kb.text();
    edited.replace(edited.find("31 employees"), 12, "33 employees");
    ok(EntryStore{*kb.store}.add_revision(kb.entry_id, edited, AuthorKind::person, "jane", kb.clock.now(),
                                          ""));
    CHECK(review.undo(id, kb.person, "").error().code == ErrorCode::conflict);
    CHECK(kb.text() == edited);
  }
}

TEST_CASE("a person's own words replace the proposed ones, and the decision keeps them") {
  Prepared kb;
  const Id id = kb.propose(kb.fact("It has 31 employees.", "It has 31 employees."));
  ok(Review{*kb.store, kb.clock}.approve_edited(id, kb.person, {"- **Staff:** 31"}, "style"));
  CHECK(kb.text().find("- Old fact.\n- **Staff:** 31\n") != std::string::npos);
  const auto decisions = ok(Proposals{*kb.store}.decisions(id));
  REQUIRE(decisions.size() == 1);
  CHECK(decisions[0].verdict == Verdict::edit);
  CHECK(decisions[0].text == "- **Staff:** 31");
}

TEST_CASE("the same proposal made again takes the place of the one that waits") {
  Prepared kb;
  const Id first = kb.propose(kb.fact("It has 31 employees.", "It has 31 employees."));
  const Id second = kb.propose(kb.fact("It has 31 employees.", "It has 31 employees."));
  CHECK(first != second);
  CHECK(kb.state_of(first) == ChangeState::superseded);
  CHECK(ok(Proposals{*kb.store}.list({})).size() == 1);
}

TEST_CASE("an editor that turns all line ends leaves each block with its origin") {
  PreparedReview kb;
  const Id change = kb.propose(kb.fact("It has 31 employees.", "It has 31 employees."));
  const auto approved = ok(Review{*kb.store, kb.clock}.approve(change, kb.person, "", ""));
  std::string turned;
  for (const char c : kb.text()) turned += c == '\n' ? "\r\n" : std::string(1, c);
  EntryStore entries{*kb.store};
  const auto revision =
      ok(entries.add_revision(kb.entry_id, turned, AuthorKind::person, "jane", kb.clock.now(), ""));
  bool found = false;
  for (const BlockRecord& block : ok(entries.blocks(revision.id))) {
    const std::string text = turned.substr(block.begin_byte, block.end_byte - block.begin_byte);
    if (text.find("31 employees") == std::string::npos) continue;
    found = true;
    CHECK(block.origin_revision_id == approved.id);
  }
  CHECK(found);
}
