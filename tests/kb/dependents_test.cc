// What depends on a change, by each of its kinds.

#include "kb/review/dependents.h"

#include "tests/kb/prepared_review.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;

namespace {

std::vector<Dependent> dependents(PreparedReview& kb, Id change) {
  return ok(find_dependents(*kb.store, ok(Proposals{*kb.store}.get(change)), iso_date(kb.clock.now())));
}

}  // namespace

TEST_CASE("two changes of one block are about the same words, and deciding on one ends that") {
  PreparedReview kb;
  const auto entry = ok(EntryStore{*kb.store}.get(kb.entry_id));
  ok(Proposals{*kb.store}.propose(kb.run_id, kb.entry_id, entry.current_revision_id, "test", kb.clock.now(),
                                  {}, {kb.replacement("- New fact."), kb.replacement("- Another fact.")}));
  const auto waiting = ok(Proposals{*kb.store}.list({}));
  REQUIRE(waiting.size() == 2);
  for (const std::size_t one : {std::size_t{0}, std::size_t{1}}) {
    const auto found = dependents(kb, waiting[one].id);
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == Dependent::Kind::outdates);
    CHECK(found[0].reason == "the words that it would change were changed since");
    CHECK(found[0].change_id == waiting[1 - one].id);
    CHECK(found[0].path == "heat/saltline");
  }
  ok(Review{*kb.store, kb.clock}.approve(waiting[0].id, kb.person, "", ""));
  CHECK(kb.state_of(waiting[1].id) == ChangeState::outdated);
}

TEST_CASE("nothing depends on a change that stands for itself in an entry that is published") {
  PreparedReview kb;
  CHECK(dependents(kb, kb.propose(kb.fact("It has 31 employees.", "It has 31 employees."))).empty());
}

TEST_CASE("the first change of a stub publishes it and the next one does not") {
  PreparedReview kb{EntryState::stub};
  const Id first = kb.propose(kb.fact("It has 31 employees.", "It has 31 employees."));
  const auto found = dependents(kb, first);
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == Dependent::Kind::publishes);
  ok(Review{*kb.store, kb.clock}.approve(first, kb.person, "", ""));
  CHECK(dependents(kb, kb.propose(kb.fact("It raised money.", "Saltline raised €18 million"))).empty());
}
