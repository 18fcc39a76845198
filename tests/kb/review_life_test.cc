// What becomes of changes that wait: newer ones take their place, other texts come between, they are split,
// and what was turned down stays away.

#include "entries/word_diff.h"
#include "kb/entries/subject.h"
#include "kb/review/refusals.h"
#include "kb/review/split.h"
#include "kb/store/database.h"
#include "tests/kb/prepared_review.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;

namespace {

const std::string staff = "It has 31 employees.";

Change change_of(PreparedReview& kb, Id id) {
  return ok(Proposals{*kb.store}.get(id));
}

std::string because(PreparedReview& kb, Id id) {
  return ok(Proposals{*kb.store}.fate(id)).outdated_reason;
}

// Proposes once more, in a new proposal; 0 where nothing came of it.
Id proposal_of(PreparedReview& kb, const Proposals::NewChange& change) {
  const auto entry = ok(EntryStore{*kb.store}.get(kb.entry_id));
  return ok(Proposals{*kb.store}.propose(kb.run_id, kb.entry_id, entry.current_revision_id, "test",
                                         kb.clock.now(), {}, {change}));
}

std::vector<Id> waiting(PreparedReview& kb) {
  std::vector<Id> ids;
  for (const Change& change : ok(Proposals{*kb.store}.list({}))) ids.push_back(change.id);
  return ids;
}

}  // namespace

TEST_CASE("two changes of one text are merged word by word where they do not meet") {
  using entries::merge_words;
  CHECK(merge_words("a b c d", "a B c d", "a b c D") == "a B c D");
  CHECK(merge_words("a b c", "a X c", "a X c") == "a X c");
  CHECK(merge_words("a b c", "a b c", "a Y c") == "a Y c");
  CHECK_FALSE(merge_words("a b c", "a X c", "a Y c").has_value());
  // Neighbouring words belong together.
  CHECK_FALSE(merge_words("Jane Doe leads", "Ada Doe leads", "Jane Lind leads").has_value());
}

TEST_CASE("a newer proposal for the same block takes the place of an undecided one and says so") {
  PreparedReview kb;
  const Id older = kb.propose(kb.replacement("- New fact."));
  const Id newer = kb.propose(kb.replacement("- Newer fact."));
  CHECK(kb.state_of(older) == ChangeState::superseded);
  CHECK(ok(Proposals{*kb.store}.fate(older)).superseded_by == newer);
  CHECK(ok(Proposals{*kb.store}.superseded_by(newer)) == std::vector<Id>{older});
}

TEST_CASE("a decided change is not taken the place of") {
  PreparedReview kb;
  const Id older = kb.propose(kb.replacement("- New fact."));
  ok(Review{*kb.store, kb.clock}.reject(older, kb.person, "no"));
  kb.propose(kb.replacement("- Newer fact."));
  CHECK(kb.state_of(older) == ChangeState::rejected);
}

TEST_CASE("a change is shown against the text that was approved last") {
  PreparedReview kb;
  const Id id = kb.propose(kb.replacement("- Old fact and more of it."));
  kb.edit("- Old fact.", "- Old proven fact.");
  CHECK(kb.state_of(id) == ChangeState::waiting);
  CHECK(change_of(kb, id).old_text.find("Old proven fact.") != std::string::npos);
  CHECK(change_of(kb, id).new_text.find("Old proven fact and more of it.") != std::string::npos);
  ok(Review{*kb.store, kb.clock}.approve(id, kb.person, "", ""));
  CHECK(kb.text().find("- Old proven fact and more of it.\n") != std::string::npos);
}

TEST_CASE("a change whose words were changed otherwise is outdated and says why") {
  PreparedReview kb;
  const Id id = kb.propose(kb.replacement("- New fact."));
  kb.edit("- Old fact.", "- Older fact.");
  CHECK(kb.state_of(id) == ChangeState::outdated);
  CHECK(because(kb, id) == "the words that it would change were changed since");
}

TEST_CASE("a change whose block is gone is outdated, and so is one that says what stands there by now") {
  PreparedReview kb;
  const Id replaced = kb.propose(kb.replacement("- New fact."));
  const Id added = kb.propose(kb.fact(staff, staff));
  kb.edit("- Old fact.\n", "- " + staff + "\n- Quite another matter, with words of its own.\n");
  CHECK(kb.state_of(replaced) == ChangeState::outdated);
  CHECK(because(kb, added) == "the entry says it already");
}

TEST_CASE("a review date that would run backwards is outdated") {
  PreparedReview kb;
  count_approvals_as_reviews(*kb.store);
  Proposals::NewChange rechecked;
  rechecked.kind = "rechecked";
  rechecked.edit.kind = entries::EditKind::set_field;
  rechecked.edit.target = "last_reviewed";
  rechecked.edit.text = "2026-11-23";
  rechecked.edit.style = entries::ScalarStyle::bare_date;
  rechecked.new_text = "2026-11-23";
  const Id id = kb.propose(rechecked);
  kb.clock.advance(std::chrono::hours{48});
  const Id fact = kb.propose(kb.fact(staff, staff));
  ok(Review{*kb.store, kb.clock}.approve(fact, kb.person, "", ""));
  CHECK(because(kb, id) == "a later date stands there already");
}

TEST_CASE("approving some changes of a proposal leaves the rest") {
  PreparedReview kb;
  const auto entry = ok(EntryStore{*kb.store}.get(kb.entry_id));
  ok(Proposals{*kb.store}.propose(
      kb.run_id, kb.entry_id, entry.current_revision_id, "test", kb.clock.now(), {},
      {kb.fact("One.", staff), kb.fact("Two.", staff), kb.fact("Three.", staff)}));
  const auto ids = waiting(kb);
  REQUIRE(ids.size() == 3);
  Review review{*kb.store, kb.clock};
  ok(review.approve(ids[1], kb.person, "", ""));
  ok(review.reject(ids[0], kb.person, ""));
  CHECK(waiting(kb) == std::vector<Id>{ids[2]});
  ok(review.approve(ids[2], kb.person, "", ""));
  CHECK(kb.text().find("- Two.\n- Three.\n") != std::string::npos);
}

TEST_CASE("what was rejected is not proposed again on the word of the same source") {
  PreparedReview kb;
  const Id id = kb.propose(kb.fact(staff, staff));
  Review review{*kb.store, kb.clock};
  ok(review.reject(id, kb.person, "not news"));
  SECTION("in the same words, whatever their case and punctuation") {
    CHECK(proposal_of(kb, kb.fact("it has **31** employees", staff)) == 0);
  }
  SECTION("but in other words") {
    CHECK(proposal_of(kb, kb.fact("It has 32 employees.", staff)) != 0);
  }
  SECTION("but after the rejection was undone") {
    ok(review.undo(id, kb.person, ""));
    CHECK(proposal_of(kb, kb.fact(staff, staff)) != 0);
  }
  SECTION("but on the word of another source") {
    const Id other = ok(Sources{*kb.store}.add("page", "https://other.example", "", kb.clock.now()));
    Snapshots snapshots{*kb.store};
    const auto document = ok(snapshots.document(other, "https://other.example", "https://other.example"));
    NewSnapshot snapshot;
    snapshot.metadata.fetched_at = kb.clock.now();
    snapshot.body = "<html>";
    snapshot.text = page_text;
    kb.snapshot_id = ok(snapshots.add(document.id, snapshot));
    CHECK(proposal_of(kb, kb.fact(staff, staff)) != 0);
  }
}

TEST_CASE("a refusal of a source, a passage or a kind keeps away what it speaks of until it is lifted") {
  PreparedReview kb;
  const Id id = kb.propose(kb.fact(staff, staff));
  const Id neighbour = kb.propose(kb.fact("It raised money.", "Saltline raised €18 million"));
  Refusals refusals{*kb.store};
  const auto subject = GENERATE(RefusalSubject::source, RefusalSubject::passage, RefusalSubject::kind);
  const bool everywhere = GENERATE(false, true);
  const auto made = ok(refusals.refuse(id, subject, everywhere, kb.person, "no use", kb.clock.now()));
  REQUIRE(made.size() == 1);
  CHECK(made[0].entry_id == (everywhere ? 0 : kb.entry_id));
  CHECK(kb.state_of(id) == ChangeState::rejected);
  // The other change rests on the same source and is of the same kind, but quotes another passage.
  const bool of_neighbour = subject != RefusalSubject::passage;
  CHECK(kb.state_of(neighbour) == (of_neighbour ? ChangeState::rejected : ChangeState::waiting));
  CHECK(proposal_of(kb, kb.fact("Its staff are 31.", staff)) == 0);
  CHECK((proposal_of(kb, kb.fact("It got money.", "Saltline raised €18 million")) == 0) == of_neighbour);
  CHECK(ok(refusals.refuse(id, subject, everywhere, kb.person, "", kb.clock.now())).empty());

  const auto active_refusals = ok(refusals.active_refusals());
  CHECK(active_refusals.refuses_kind(kb.entry_id, "add fact") == (subject == RefusalSubject::kind));
  CHECK(
      active_refusals.refused_kinds(kb.entry_id) ==
      (subject == RefusalSubject::kind ? std::vector<std::string>{"add fact"} : std::vector<std::string>{}));
  CHECK(active_refusals.refuses_kind(kb.entry_id + 1, "add fact") ==
        (subject == RefusalSubject::kind && everywhere));

  ok(refusals.lift(made[0].id, kb.person, kb.clock.now()));
  CHECK(kb.state_of(id) == ChangeState::waiting);
  CHECK(kb.state_of(neighbour) == ChangeState::waiting);
  CHECK(ok(refusals.list()).empty());
  CHECK(ok(refusals.list(true)).size() == 1);
  CHECK(refusals.lift(made[0].id, kb.person, kb.clock.now()).error().code == ErrorCode::conflict);
  CHECK(refusals.lift(99, kb.person, kb.clock.now()).error().code == ErrorCode::not_found);
}

TEST_CASE("lifting a refusal leaves alone what a person decided since") {
  PreparedReview kb;
  const Id id = kb.propose(kb.fact(staff, staff));
  Refusals refusals{*kb.store};
  const auto made = ok(refusals.refuse(id, RefusalSubject::source, false, kb.person, "", kb.clock.now()));
  Review review{*kb.store, kb.clock};
  ok(review.undo(id, kb.person, ""));
  ok(review.approve(id, kb.person, "", ""));
  ok(refusals.lift(made.at(0).id, kb.person, kb.clock.now()));
  CHECK(kb.state_of(id) == ChangeState::approved);
}

TEST_CASE("a change that quotes nothing has only its kind to be refused") {
  PreparedReview kb;
  auto change = kb.fact(staff, staff);
  change.citations.clear();
  const Id id = kb.propose(change);
  Refusals refusals{*kb.store};
  CHECK(refusals.refuse(id, RefusalSubject::source, false, kb.person, "", kb.clock.now()).error().code ==
        ErrorCode::refused);
  CHECK(ok(refusals.refuse(id, RefusalSubject::kind, false, kb.person, "", kb.clock.now())).size() == 1);
}

TEST_CASE("a change of several blocks is split into them, each with the quotes that bear on it") {
  PreparedReview kb;
  auto change = kb.fact("", staff);
  change.edit.kind = entries::EditKind::add_to_part;
  change.edit.text = "- It has 31 employees.\n- It raised €18 million.\n  - In January.";
  change.citations.push_back(kb.fact("", "Saltline raised €18 million").citations[0]);
  Flag flag;
  flag.name = "old-source";
  change.flags.push_back(flag);
  const Id id = kb.propose(change);
  CHECK(ok(count_split_parts(change_of(kb, id))) == 2);
  const auto parts = ok(split_change(*kb.store, id));
  REQUIRE(parts.size() == 2);
  CHECK(kb.state_of(id) == ChangeState::superseded);
  CHECK(waiting(kb) == parts);
  CHECK(change_of(kb, parts[0]).citations.size() == 1);
  CHECK(change_of(kb, parts[0]).citations[0].quote == staff);
  CHECK(change_of(kb, parts[1]).citations.at(0).quote == "Saltline raised €18 million");
  CHECK(change_of(kb, parts[1]).flags.at(0).name == "old-source");
  Review review{*kb.store, kb.clock};
  ok(review.reject(parts[0], kb.person, ""));
  ok(review.approve(parts[1], kb.person, "", ""));
  CHECK(kb.text().find("- It raised €18 million.\n  - In January.\n") != std::string::npos);
  CHECK(kb.text().find(staff) == std::string::npos);
  CHECK(split_change(*kb.store, id).error().code == ErrorCode::conflict);
  CHECK(split_change(*kb.store, 999).error().code == ErrorCode::not_found);
}

TEST_CASE("a replaced block is split into its changed sentences, which come together again when approved") {
  PreparedReview kb;
  kb.edit("- Old fact.", "- Old fact stands here. It has 30 people. It is in Basel.");
  const Id id = kb.propose(kb.replacement("- Old fact stands here. It has 31 people. It is in Graz."));
  const auto parts = ok(split_change(*kb.store, id));
  REQUIRE(parts.size() == 2);
  CHECK(change_of(kb, parts[0]).new_text.find("It has 31 people. It is in Basel.") != std::string::npos);
  CHECK(change_of(kb, parts[1]).new_text.find("It has 30 people. It is in Graz.") != std::string::npos);
  Review review{*kb.store, kb.clock};
  ok(review.approve(parts[1], kb.person, "", ""));
  ok(review.approve(parts[0], kb.person, "", ""));
  CHECK(kb.text().find("- Old fact stands here. It has 31 people. It is in Graz.\n") != std::string::npos);
}

TEST_CASE("parts that go behind a block stand there in the order of the whole, however they are approved") {
  PreparedReview kb;
  auto change = kb.replacement("");
  change.edit.kind = entries::EditKind::insert_after;
  change.edit.text = "- First, with 31 employees.\n- Second.\n  - Below it.\n- Third.";
  change.edit.expected.clear();
  const auto parts = ok(split_change(*kb.store, kb.propose(change)));
  REQUIRE(parts.size() == 3);
  Review review{*kb.store, kb.clock};
  const auto order = GENERATE(std::vector<std::size_t>{0, 1, 2}, std::vector<std::size_t>{2, 1, 0},
                              std::vector<std::size_t>{1, 0, 2}, std::vector<std::size_t>{0, 2, 1});
  for (const std::size_t part : order) ok(review.approve(parts[part], kb.person, "", ""));
  const std::string whole = "- Old fact.\n- First, with 31 employees.\n- Second.\n  - Below it.\n- Third.\n";
  CHECK(kb.text().find(whole) != std::string::npos);
  SECTION("also where one of them was taken back and approved again") {
    ok(review.undo(parts[0], kb.person, ""));
    INFO(kb.text());
    CHECK(kb.text().find("- Old fact.\n- Second.\n  - Below it.\n- Third.\n") != std::string::npos);
    ok(review.approve(parts[0], kb.person, "", ""));
    CHECK(kb.text().find(whole) != std::string::npos);
  }
}

TEST_CASE("a change of one part cannot be split") {
  PreparedReview kb;
  const Id id = kb.propose(kb.fact(staff, staff));
  CHECK(ok(count_split_parts(change_of(kb, id))) == 1);
  CHECK(split_change(*kb.store, id).error().code == ErrorCode::refused);
  CHECK(kb.state_of(id) == ChangeState::waiting);
}

TEST_CASE("many are approved together, and one that cannot be holds up none of the rest") {
  PreparedReview kb;
  std::vector<Id> ids;
  for (int i = 0; i < 250; ++i) ids.push_back(kb.propose(kb.fact("Fact " + std::to_string(i) + ".", staff)));
  Review review{*kb.store, kb.clock};
  ok(review.reject(ids[120], kb.person, ""));
  const auto outcomes = ok(review.approve_all(ids, kb.person, "all"));
  REQUIRE(outcomes.size() == ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    INFO(i);
    CHECK(outcomes[i].ok() == (i != 120));
    CHECK(kb.state_of(ids[i]) == (i == 120 ? ChangeState::rejected : ChangeState::approved));
  }
  CHECK(kb.text().find("- Fact 119.\n- Fact 121.\n") != std::string::npos);
}

TEST_CASE("an edited text gets the flags that were found against it") {
  PreparedReview kb;
  auto change = kb.fact(staff, staff);
  for (const char* name : {"hype", "old-source"}) {
    change.flags.emplace_back();
    change.flags.back().name = name;
  }
  const Id id = kb.propose(change);
  Flag stays;
  stays.name = "old-source";
  Flag fresh;
  fresh.name = "number-not-in-quote";
  fresh.detail = "45";
  ok(Review{*kb.store, kb.clock}.approve_edited(id, kb.person, {"It has 45 employees."}, "", "",
                                                std::vector<Flag>{stays, fresh}));
  std::vector<std::string> open;
  for (const Flag& flag : change_of(kb, id).flags) {
    if (!flag.resolved_at) open.push_back(flag.name);
  }
  CHECK(open == std::vector<std::string>{"old-source", "number-not-in-quote"});
}

TEST_CASE("an edit that is undone gives the proposed text its flags back") {
  PreparedReview kb;
  auto change = kb.fact(staff, staff);
  for (const char* name : {"hype", "old-source"}) {
    change.flags.emplace_back();
    change.flags.back().name = name;
  }
  const Id id = kb.propose(change);
  kb.clock.advance(std::chrono::minutes{5});
  Flag stays;
  stays.name = "old-source";
  Flag fresh;
  fresh.name = "number-not-in-quote";
  Review review{*kb.store, kb.clock};
  const auto open = [&] {
    std::vector<std::string> names;
    for (const Flag& flag : change_of(kb, id).flags) {
      if (!flag.resolved_at) names.push_back(flag.name);
    }
    return names;
  };
  for (int time = 0; time < 2; ++time) {
    ok(review.approve_edited(id, kb.person, {"It has 45 employees."}, "", "",
                             std::vector<Flag>{stays, fresh}));
    CHECK(open() == std::vector<std::string>{"old-source", "number-not-in-quote"});
    REQUIRE(review.undo(id, kb.person, "").ok());
    CHECK(open() == std::vector<std::string>{"hype", "old-source"});
  }
  CHECK_FALSE(review.approve(id, {AuthorKind::policy, "auto_approve"}, "", "").ok());
}

TEST_CASE("a page does not become the company's own by being cited") {
  PreparedReview kb;
  const std::string address = "https://example.org/news";
  const auto active_refusals = [&] {
    const auto entry = ok(EntryStore{*kb.store}.get(kb.entry_id));
    const auto document = ok(EntryStore{*kb.store}.document(entry.current_revision_id));
    const auto subject = ok(subject_of(*kb.store, entry, document.document));
    return entries::classify_publisher(kb.store->conventions().publishers, address, "Saltline", subject);
  };
  const auto before = active_refusals();
  CHECK_FALSE(before.is_official());
  ok(Review{*kb.store, kb.clock}.approve(kb.propose(kb.fact(staff, staff)), kb.person, "", ""));
  REQUIRE(kb.text().find(address) != std::string::npos);
  CHECK(active_refusals() == before);
  // What a person lists, be it cited before or not, is another matter.
  ok(EntryStore{*kb.store}.add_revision(kb.entry_id,
                                        "---\ntitle: \"Saltline\"\nwebsite: https://example.org/\n---\n",
                                        AuthorKind::person, "jane", kb.clock.now(), "by hand"));
  CHECK(active_refusals().is_official());
}

TEST_CASE("a step that fails takes back what it stored, and the transaction goes on") {
  PreparedReview kb;
  const Id id = kb.propose(kb.fact(staff, staff));
  const Status done = kb.store->run_in_transaction([&]() -> Status {
    const Status failed = kb.store->run_in_savepoint([&]() -> Status {
      STUBKEEPER_TRY(Review(*kb.store, kb.clock).reject(id, kb.person, ""));
      return Error{ErrorCode::io, "no", "", ""};
    });
    CHECK_FALSE(failed.ok());
    return {};
  });
  CHECK(done.ok());
  CHECK(kb.state_of(id) == ChangeState::waiting);
}
