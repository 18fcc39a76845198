// Changes that need no person, because a person said so in the configuration.

#include "kb/review/policies.h"

#include "tests/kb/prepared_review.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;

namespace {

const std::string staff = "It has 31 employees.";

int approve(PreparedReview& kb, const std::vector<Policy>& policies) {
  std::vector<ItemFailure> failures;
  const int approved = ok(approve_by_policy(*kb.store, kb.clock, policies, failures));
  CHECK(failures.empty());
  return approved;
}

// Whether a policy approves a change that quotes https://example.org/news, in heat/saltline.
bool approves(const Policy& policy, const std::string& flag = "") {
  PreparedReview kb;
  auto change = kb.fact(staff, staff);
  if (!flag.empty()) {
    change.flags.emplace_back();
    change.flags.back().name = flag;
  }
  const Id id = kb.propose(change);
  const int approved = approve(kb, {policy});
  CHECK((approved == 1) == (kb.state_of(id) == ChangeState::approved));
  return approved == 1;
}

}  // namespace

TEST_CASE("a policy approves what its kinds, sections and sources let pass") {
  CHECK(approves({"p", {"add fact"}, {}, {}}));
  CHECK_FALSE(approves({"p", {"rechecked"}, {}, {}}));
  CHECK_FALSE(approves({"p", {}, {}, {}}));
  CHECK(approves({"p", {"rechecked", "add fact"}, {"heat"}, {}}));
  CHECK(approves({"p", {"add fact"}, {"heat/saltline"}, {}}));
  CHECK_FALSE(approves({"p", {"add fact"}, {"hea"}, {}}));
  CHECK_FALSE(approves({"p", {"add fact"}, {"cold"}, {}}));
  CHECK(approves({"p", {"add fact"}, {}, {"https://example.org/news"}}));
  CHECK(approves({"p", {"add fact"}, {}, {"https://other.example/*", "https://example.org/*"}}));
  CHECK_FALSE(approves({"p", {"add fact"}, {}, {"https://example.org/"}}));
}

TEST_CASE("a policy never approves a flagged change") {
  CHECK_FALSE(approves({"p", {"add fact"}, {}, {}}, "old-source"));
}

TEST_CASE("a policy by sources lets nothing pass that quotes none, or another one too") {
  PreparedReview kb;
  auto quotes_none = kb.fact("One.", staff);
  quotes_none.citations.clear();
  kb.propose(quotes_none);
  auto quotes_two = kb.fact("Two.", staff);
  const Id other = ok(Sources{*kb.store}.add("page", "https://other.example", "", kb.clock.now()));
  Snapshots snapshots{*kb.store};
  const auto document = ok(snapshots.document(other, "https://other.example", "https://other.example"));
  NewSnapshot snapshot;
  snapshot.metadata.fetched_at = kb.clock.now();
  snapshot.body = "<html>";
  snapshot.text = page_text;
  Citation second = quotes_two.citations[0];
  second.snapshot_id = ok(snapshots.add(document.id, snapshot));
  quotes_two.citations.push_back(second);
  kb.propose(quotes_two);
  CHECK(approve(kb, {{"p", {"add fact"}, {}, {"https://example.org/*"}}}) == 0);
}

TEST_CASE("history names the policy, the first that speaks of a change") {
  PreparedReview kb;
  kb.propose(kb.fact(staff, staff));
  CHECK(approve(kb, {auto_approve_policy({"rechecked"}),
                     {"our news", {"add fact"}, {}, {}},
                     {"another", {"add fact"}, {}, {}}}) == 1);
  const auto revision = ok(EntryStore{*kb.store}.revisions(kb.entry_id)).back();
  CHECK(revision.author == "policy:our news");
  CHECK(revision.author_kind == AuthorKind::policy);
}
