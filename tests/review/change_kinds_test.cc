// The kinds of change: each that a drafter makes has its line, and a misspelt one is told.

#include "review/change_kinds.h"

#include <algorithm>

#include "entries/conventions.h"
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
  entries::HouseStyle style = entries::built_in_conventions().style;
  CHECK(review::describe_consequence("note contradiction", style) ==
        "keeps the line as it is; does not mark the entry as reviewed");
  CHECK(review::describe_consequence("add fact", style) ==
        "adds it to the facts; does not mark the entry as reviewed");
  style.dates_set_by_approval = {"last_reviewed"};
  CHECK(review::describe_consequence("add fact", style) ==
        "adds it to the facts; marks the entry as reviewed today");
  for (const review::ChangeKind& kind : review::change_kinds()) CHECK_FALSE(kind.consequence.empty());
  CHECK_FALSE(review::describe_consequence("of another version", style).empty());
}

TEST_CASE("changes are counted by kind") {
  CHECK(review::count_by_kind({"rechecked", "add fact", "rechecked"}) ==
        "3 changes: 1 add fact, 2 rechecked");
}
