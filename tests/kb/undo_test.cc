// What undo takes back: words, dates, and what had become outdated; and what an approval leaves alone.

#include "kb/review/decided_dates.h"
#include "kb/review/dependents.h"
#include "kb/review/refusals.h"
#include "kb/store/database.h"
#include "tests/kb/prepared_review.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;

namespace {

const std::string staff = "It has 31 employees.";

// A review of one page of a test's own.
struct PageReview : PreparedReview {
  explicit PageReview(const std::string& page, EntryState state = EntryState::published) {
    entry_id = ok(EntryStore{*store}.add({"heat/page", "heat/page.md", EntryKind::entry, "Page", state, page},
                                         AuthorKind::person, "jane", clock.now(), "made"))
                   .id;
    clock.advance(std::chrono::hours{24});
  }
  Review review() { return {*store, clock}; }
  Status approve(Id id) {
    const auto revision = review().approve(id, person, "", "");
    return revision.ok() ? Status{} : Status{revision.error()};
  }
  Status undo(Id id) { return review().undo(id, person, ""); }
  std::string field(const char* name) const {
    return entries::FrontMatter::parse(text()).scalar(name).value_or("none");
  }
  // A change of the block that begins so.
  Proposals::NewChange change_of(const std::string& begin, entries::EditKind kind, const std::string& words) {
    const auto entry = ok(EntryStore{*store}.get(entry_id));
    const auto page = ok(EntryStore{*store}.document(entry.current_revision_id));
    Proposals::NewChange change = fact("", staff);
    change.edit = {};
    change.edit.kind = kind;
    change.edit.text = words;
    for (std::size_t i = 0; i < page.ids.size(); ++i) {
      const std::string_view block = page.document.text(page.document.blocks()[i]);
      if (!block.starts_with(begin)) continue;
      change.edit.target = page.ids[i];
      change.edit.expected = std::string{block};
    }
    REQUIRE_FALSE(change.edit.target.empty());
    const auto preview = ok(entries::preview_edit(page, change.edit));
    change.old_text = preview.old_text;
    change.new_text = preview.new_text;
    change.place = preview.place;
    return change;
  }
  Proposals::NewChange contradiction(const std::string& begin) {
    Proposals::NewChange change = change_of(begin, entries::EditKind::leave_block, "");
    change.kind = "note contradiction";
    return change;
  }
  // In one proposal, so that none takes another's place.
  std::vector<Id> propose_all(const std::vector<Proposals::NewChange>& changes) {
    const auto entry = ok(EntryStore{*store}.get(entry_id));
    ok(Proposals{*store}.propose(run_id, entry_id, entry.current_revision_id, "test", clock.now(), {},
                                 changes));
    std::vector<Id> ids;
    for (const Change& change : ok(Proposals{*store}.list({}))) ids.push_back(change.id);
    return ids;
  }
};

const std::string undated_page =
    "---\ntitle: \"Corvane One\"\ndate: 2026-01-10\n---\n\nCorvane One makes pumps in Graz.\n\n"
    "## Key Facts\n\n- Old fact.\n";

}  // namespace

TEST_CASE("undo takes out the dates that the approval added, and leaves what was written by hand since") {
  const bool is_review = GENERATE(false, true);
  PageReview kb{undated_page};
  if (is_review) count_approvals_as_reviews(*kb.store);
  const Id id = kb.propose(kb.fact(staff, staff));
  ok(kb.approve(id));
  CHECK(kb.field("lastmod") == "2026-11-24");
  CHECK(kb.field("last_reviewed") == (is_review ? "2026-11-24" : "none"));
  kb.edit("makes pumps in Graz.", "makes pumps in Graz and by hand.");
  ok(kb.undo(id));
  CHECK(kb.field("lastmod") == "none");
  CHECK(kb.field("last_reviewed") == "none");
  CHECK(kb.text().find("in Graz and by hand.") != std::string::npos);
  CHECK(kb.text().find(staff) == std::string::npos);
}

TEST_CASE("undo gives a date its line from before, as it was written") {
  for (const std::string line : {"lastmod: 2026-01-02 # checked by hand", "lastmod: \"2026-01-02\"",
                                 "lastmod: 2026-01-02T08:30:00Z", "\"lastmod\": 2026-01-02"}) {
    INFO(line);
    PageReview kb{"---\ntitle: \"A\"\n" + line + "\n---\n\n## Key Facts\n\n- Old fact.\n"};
    const Id id = kb.propose(kb.fact(staff, staff));
    ok(kb.approve(id));
    ok(kb.undo(id));
    CHECK(kb.text().find("\n" + line + "\n") != std::string::npos);
  }
}

TEST_CASE("a date stays while another decision asks for it, in whatever order they are undone") {
  for (const bool first_one_first : {true, false}) {
    PageReview kb{undated_page};
    count_approvals_as_reviews(*kb.store);
    const auto ids =
        kb.propose_all({kb.fact("One.", staff), kb.fact("Two.", staff), kb.fact("Three.", staff)});
    ok(kb.approve(ids[0]));
    ok(kb.approve(ids[1]));
    kb.clock.advance(std::chrono::hours{48});
    ok(kb.approve(ids[2]));
    CHECK(kb.field("lastmod") == "2026-11-26");
    ok(kb.undo(ids[2]));
    CHECK(kb.field("lastmod") == "2026-11-24");
    ok(kb.undo(ids[first_one_first ? 0 : 1]));
    CHECK(kb.field("lastmod") == "2026-11-24");
    ok(kb.undo(ids[first_one_first ? 1 : 0]));
    CHECK(kb.field("lastmod") == "none");
    CHECK(kb.field("last_reviewed") == "none");
  }
}

TEST_CASE("a date that a person set after the approval is left alone by undo") {
  PageReview kb{undated_page};
  const Id id = kb.propose(kb.fact(staff, staff));
  ok(kb.approve(id));
  kb.edit("lastmod: 2026-11-24", "lastmod: 2026-11-20");
  ok(kb.undo(id));
  CHECK(kb.field("lastmod") == "2026-11-20");
  CHECK(kb.field("last_reviewed") == "none");
}

TEST_CASE("a field's line is restored in YAML, TOML and JSON, or nothing is touched") {
  CHECK(restore_field_line("+++\ntitle = 'A'\nlastmod = 2026-02-02\n+++\n", "lastmod",
                           "+++\ntitle = 'A'\nlastmod = 2026-01-01 # hand\n+++\n") ==
        "+++\ntitle = 'A'\nlastmod = 2026-01-01 # hand\n+++\n");
  CHECK(restore_field_line("{\n  \"title\": \"A\",\n  \"lastmod\": \"2026-02-02\"\n}\n", "lastmod",
                           "{\n  \"title\": \"A\",\n  \"lastmod\": \"2026-01-01\"\n}\n") ==
        "{\n  \"title\": \"A\",\n  \"lastmod\": \"2026-01-01\"\n}\n");
  const std::string last = "{\n  \"title\": \"A\",\n  \"lastmod\": \"2026-02-02\"\n}\n";
  CHECK(restore_field_line(last, "lastmod", "{\n  \"title\": \"A\"\n}\n") == last);
  CHECK(restore_field_line("---\r\nlastmod: 2026-02-02\r\n---\r\n", "lastmod",
                           "---\nlastmod: 2026-01-01\n---\n") == "---\r\nlastmod: 2026-01-01\r\n---\r\n");
}

TEST_CASE("keeping a contradicted line changes no byte, and undoing that takes nothing else out") {
  PageReview kb{undated_page};
  const auto ids = kb.propose_all({kb.fact(staff, staff), kb.contradiction("- Old fact.")});
  const std::string before = kb.text();
  ok(kb.approve(ids[1]));
  CHECK(kb.text() == before);
  ok(kb.undo(ids[1]));
  ok(kb.approve(ids[0]));
  const std::string with_fact = kb.text();
  for (int again = 0; again < 3; ++again) {
    ok(kb.approve(ids[1]));
    CHECK(kb.text() == with_fact);
    ok(kb.undo(ids[1]));
    CHECK(kb.text() == with_fact);
    CHECK(kb.state_of(ids[0]) == ChangeState::approved);
  }
}

TEST_CASE("correcting a contradicted line writes over it, and moves the dates that an approval moves") {
  PageReview kb{undated_page};
  count_approvals_as_reviews(*kb.store);
  const Id id = kb.propose(kb.contradiction("- Old fact."));
  ok(kb.review().approve_edited(id, kb.person, {"- New fact."}, ""));
  CHECK(kb.text().find("- New fact.\n") != std::string::npos);
  CHECK(kb.field("last_reviewed") == "2026-11-24");
  ok(kb.undo(id));
  CHECK(kb.text().find("- Old fact.\n") != std::string::npos);
  CHECK(kb.field("last_reviewed") == "none");
}

TEST_CASE(
    "a review by a person stays when an approval of before is undone, whatever the house style said then") {
  for (const bool was_review : {false, true}) {
    PageReview kb{undated_page};
    if (was_review) count_approvals_as_reviews(*kb.store);
    const auto ids = kb.propose_all({kb.fact("One.", staff), kb.fact("Two.", staff)});
    ok(kb.approve(ids[0]));
    ok(kb.approve(ids[1]));
    kb.store->set_conventions(entries::built_in_conventions());
    ok(kb.undo(ids[0]));
    CHECK(kb.field("last_reviewed") == (was_review ? "2026-11-24" : "none"));
    ok(kb.undo(ids[1]));
    CHECK(kb.field("last_reviewed") == "none");
  }
}

TEST_CASE("a recheck is approved, undone and approved again") {
  PageReview kb{"---\ntitle: \"A\"\nlast_reviewed: 2026-01-01\n---\n\nText.\n"};
  Proposals::NewChange rechecked;
  rechecked.kind = rechecked_kind;
  rechecked.edit.kind = entries::EditKind::set_field;
  rechecked.edit.target = "last_reviewed";
  rechecked.edit.text = "2026-11-23";
  rechecked.edit.style = entries::ScalarStyle::bare_date;
  rechecked.new_text = "2026-11-23";
  const Id id = kb.propose(rechecked);
  for (int again = 0; again < 3; ++again) {
    ok(kb.approve(id));
    CHECK(kb.field("last_reviewed") == "2026-11-23");
    ok(kb.undo(id));
    CHECK(kb.field("last_reviewed") == "2026-01-01");
  }
}

namespace {

const std::string claim_page =
    "---\ntitle: \"Kelpora\"\n---\n\n## Claim Verification\n\n### Claim: 80% efficiency\n"
    "**Status:** Verified (as manufacturer specification)\n\n**Supporting sources:**\n- [Maker](https://m.example/a)\n\n"
    "**Summary:** Consistently said.\n";

}  // namespace

TEST_CASE("a verdict and its evidence go in, in any order, and come out in any order") {
  for (const std::vector<std::size_t>& order :
       {std::vector<std::size_t>{0, 1}, std::vector<std::size_t>{1, 0}}) {
    PageReview kb{claim_page};
    auto verdict = kb.change_of("**Status:**", entries::EditKind::replace_block, "**Status:** Disputed");
    verdict.citations.clear();
    auto evidence = kb.change_of("**Status:**", entries::EditKind::insert_after,
                                 "**Refuting / questioning sources:**\n- [Institute](https://i.example/b)");
    evidence.edit.expected.clear();
    evidence.citations.clear();
    const auto ids = kb.propose_all({verdict, evidence});
    for (const std::size_t one : order) {
      for (const Dependent& dependent :
           ok(find_dependents(*kb.store, ok(Proposals{*kb.store}.get(ids[one])), iso_date(kb.clock.now()))))
        CHECK(dependent.kind != Dependent::Kind::outdates);
      ok(kb.approve(ids[one]));
    }
    CHECK(kb.text().find("**Status:** Disputed\n\n**Refuting / questioning sources:**\n- [Institute]") !=
          std::string::npos);
    ok(kb.undo(ids[order[0]]));
    ok(kb.undo(ids[order[1]]));
    CHECK(kb.text() == claim_page);
  }
}

TEST_CASE("what an approval makes outdated is named before it, and waits again when it is undone") {
  PageReview kb{undated_page};
  const auto ids = kb.propose_all(
      {kb.change_of("- Old fact.", entries::EditKind::replace_block, "- New fact.\n"),
       kb.change_of("- Old fact.", entries::EditKind::replace_block, "- Another fact altogether.\n"),
       kb.contradiction("- Old fact.")});
  std::vector<Id> named;
  for (const Dependent& dependent :
       ok(find_dependents(*kb.store, ok(Proposals{*kb.store}.get(ids[0])), iso_date(kb.clock.now())))) {
    if (dependent.kind == Dependent::Kind::outdates) named.push_back(dependent.change_id);
  }
  CHECK(named == std::vector<Id>{ids[1], ids[2]});
  ok(kb.approve(ids[0]));
  CHECK(kb.state_of(ids[1]) == ChangeState::outdated);
  CHECK(kb.state_of(ids[2]) == ChangeState::outdated);
  ok(kb.undo(ids[0]));
  for (const Id id : ids) CHECK(kb.state_of(id) == ChangeState::waiting);
  ok(kb.approve(ids[1]));
  CHECK(kb.text().find("- Another fact altogether.\n") != std::string::npos);
}

TEST_CASE("a block that a change took out comes back where it stood") {
  PageReview kb{"---\ntitle: \"A\"\n---\n\nFirst.\n\nSecond, which goes.\n\nThird.\n"};
  auto removal = kb.change_of("Second", entries::EditKind::remove_block, "");
  removal.citations.clear();
  const Id id = kb.propose(removal);
  const std::string before = kb.text();
  ok(kb.approve(id));
  CHECK(kb.text().find("First.\n\nThird.\n") != std::string::npos);
  ok(kb.undo(id));
  CHECK(kb.text() == before);
}

TEST_CASE("of a paragraph in which other words were changed since, undo takes back its own") {
  PageReview kb{"---\ntitle: \"A\"\n---\n\nIt has thirty people. It sells heat to towns.\n"};
  auto people = kb.change_of("It has", entries::EditKind::replace_block,
                             "It has forty people. It sells heat to towns.\n");
  auto towns = kb.change_of("It has", entries::EditKind::replace_block,
                            "It has thirty people. It sells heat to ports.\n");
  people.citations.clear();
  towns.citations.clear();
  const auto ids = kb.propose_all({people, towns});
  ok(kb.approve(ids[0]));
  ok(kb.approve(ids[1]));
  ok(kb.undo(ids[0]));
  CHECK(kb.text().find("It has thirty people. It sells heat to ports.\n") != std::string::npos);
  SECTION("but not where the same words were changed") {
    kb.edit("to ports", "to harbours");
    const auto refused = kb.undo(ids[1]);
    CHECK(refused.error().code == ErrorCode::conflict);
    CHECK(kb.state_of(ids[1]) == ChangeState::approved);
  }
}

TEST_CASE("a stub whose only approval is undone is a stub again, unless it was exported") {
  PageReview kb{undated_page, EntryState::stub};
  const Id id = kb.propose(kb.fact(staff, staff));
  const auto state = [&] { return ok(EntryStore{*kb.store}.get(kb.entry_id)).state; };
  for (int again = 0; again < 2; ++again) {
    ok(kb.approve(id));
    CHECK(state() == EntryState::published);
    ok(kb.undo(id));
    CHECK(state() == EntryState::stub);
  }
  ok(kb.approve(id));
  const auto entry = ok(EntryStore{*kb.store}.get(kb.entry_id));
  REQUIRE(
      kb.store->database()
          .run(
              "INSERT INTO export_file (folder, file, entry_id, revision_id, body_sha256, exported_at) SELECT "
              "'/site', 'page.md', entry_id, id, body_sha256, 0 FROM revision WHERE id = ?",
              {entry.current_revision_id})
          .ok());
  ok(kb.undo(id));
  CHECK(state() == EntryState::published);
}

TEST_CASE("a store that fails is told as that, and not as a view that is out of date") {
  PageReview kb{undated_page};
  const Id id = kb.propose(kb.fact(staff, staff));
  const char* verb = GENERATE("approve", "approve_all", "edit", "reject", "undo");
  if (verb == std::string{"undo"}) ok(kb.approve(id));
  REQUIRE(
      kb.store->database()
          .script("CREATE TRIGGER broken BEFORE INSERT ON decision BEGIN SELECT RAISE(ABORT, 'broken'); END")
          .ok());
  const std::string before = kb.text();
  const ChangeState state = kb.state_of(id);
  Status failed;
  if (verb == std::string{"approve"}) failed = kb.approve(id);
  if (verb == std::string{"approve_all"}) failed = ok(kb.review().approve_all({id}, kb.person, "")).front();
  if (verb == std::string{"edit"}) failed = kb.review().approve_edited(id, kb.person, {"Mine."}, "").error();
  if (verb == std::string{"reject"}) failed = kb.review().reject(id, kb.person, "");
  if (verb == std::string{"undo"}) failed = kb.undo(id);
  INFO(verb);
  CHECK(failed.error().code == ErrorCode::internal);
  CHECK(failed.error().message.find("broken") != std::string::npos);
  CHECK(kb.text() == before);
  CHECK(kb.state_of(id) == state);
}

TEST_CASE("many approved together leave the one that does not fit outdated") {
  PageReview kb{undated_page};
  const auto ids = kb.propose_all(
      {kb.change_of("- Old fact.", entries::EditKind::replace_block, "- New fact.\n"),
       kb.change_of("- Old fact.", entries::EditKind::replace_block, "- Another fact altogether.\n")});
  const auto outcomes = ok(kb.review().approve_all(ids, kb.person, ""));
  CHECK(outcomes[0].ok());
  CHECK_FALSE(outcomes[1].ok());
  CHECK(kb.state_of(ids[1]) == ChangeState::outdated);
}

TEST_CASE("lifting a refusal leaves alone what a person rejected by itself since") {
  PageReview kb{undated_page};
  const Id id = kb.propose(kb.fact(staff, staff));
  Refusals refusals{*kb.store};
  const auto made = ok(refusals.refuse(id, RefusalSubject::kind, false, kb.person, "", kb.clock.now()));
  ok(kb.undo(id));
  ok(kb.review().reject(id, kb.person, "not news"));
  ok(refusals.lift(made.at(0).id, kb.person, kb.clock.now()));
  CHECK(kb.state_of(id) == ChangeState::rejected);
}
