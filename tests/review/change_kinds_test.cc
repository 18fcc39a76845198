// The kinds of change: each that a drafter makes has its line, and a misspelt one is told.

#include "review/change_kinds.h"

#include <algorithm>

#include "tests/support/catch.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

TEST_CASE("a kind that there is not is told with the nearest one") {
  const auto store = ok(kb::Store::in_memory());
  CHECK(review::check_change_kind(*store, "rechecked").ok());
  const auto misspelt = review::check_change_kind(*store, "add developement");
  CHECK(misspelt.error().code == ErrorCode::invalid_argument);
  CHECK(misspelt.error().advice == "did you mean \"add development\"?");
  const auto unknown = review::check_change_kind(*store, "zzz");
  CHECK(unknown.error().advice.starts_with("the kinds are: add development, "));
}

TEST_CASE("the consequence of an approval is told by its kind") {
  CHECK(review::describe_consequence("note contradiction") ==
        "keeps the line as it is; does not mark the entry as reviewed");
  for (const review::ChangeKind& kind : review::change_kinds()) CHECK_FALSE(kind.consequence.empty());
  CHECK_FALSE(review::describe_consequence("of another version").empty());
}

TEST_CASE("changes are counted by kind") {
  CHECK(review::count_by_kind({"rechecked", "add fact", "rechecked"}) ==
        "3 changes: 1 add fact, 2 rechecked");
}
