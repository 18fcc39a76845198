// Quotes of pages that are older than what they say.

#include "review/quotes.h"

#include "tests/support/catch.h"

using namespace stubkeeper;

namespace {

const std::string delivered = "Loop delivered the first 60 to Espoo on 9 July 2026.";

kb::Snapshot page(const std::string& published, const std::string& fetched = "2026-11-27T10:00:00Z") {
  kb::Snapshot snapshot;
  snapshot.published = published;
  snapshot.fetched_at = *parse_rfc3339(fetched);
  return snapshot;
}

}  // namespace

TEST_CASE("a sentence tells what came later than the date of its page") {
  CHECK(review::is_anachronistic(page("2026-04-02"), delivered));
  CHECK(review::is_anachronistic(page("2026-04-21T09:00:00Z"), delivered));
  CHECK(review::is_anachronistic(page("2025"), delivered));
  CHECK_FALSE(review::is_anachronistic(page("2026-07-09"), delivered));
  CHECK_FALSE(review::is_anachronistic(page("2026-07-09T08:00:00Z"), delivered));
  CHECK_FALSE(review::is_anachronistic(page("2026-07"), delivered));
  CHECK_FALSE(review::is_anachronistic(page("2026"), delivered));
  CHECK_FALSE(review::is_anachronistic(page(""), delivered));
  CHECK_FALSE(review::is_anachronistic(page("2026-04-02"), "Loop has 31 employees."));
}

TEST_CASE("a plan, and a date that lies behind the fetch, tell nothing of a changed page") {
  CHECK_FALSE(review::is_anachronistic(page("2026-04-02"), "Loop plans to deliver 60 on 9 July 2026."));
  CHECK_FALSE(review::is_anachronistic(page("2026-04-02"), "Loop could deliver 60 in July 2026."));
  CHECK_FALSE(review::is_anachronistic(page("2026-04-02"), "Deliveries begin in May 2027."));
}

TEST_CASE("why a page tells what came later is said from what is known") {
  const auto seen = *parse_rfc3339("2026-08-01T10:00:00Z");
  const auto why = [&](const kb::Snapshot& snapshot, const std::optional<kb::FirstSeen>& first) {
    return review::explain_anachronism(snapshot, delivered, first);
  };
  CHECK(why(page("2026-04-02"), kb::FirstSeen{seen, true}) ==
        "the page was changed since; these words were first seen on 2026-08-01");
  const std::string must = "published before what it tells: the page must have been changed since";
  CHECK(why(page("2026-04-02"), kb::FirstSeen{seen, false}).starts_with(must));
  CHECK(why(page("2026-04-02"), std::nullopt).starts_with(must));
  kb::Snapshot modified = page("2026-04-02");
  modified.modified = "2026-07-10T06:00:00Z";
  CHECK(why(modified, std::nullopt) == "the page was changed since, by its own word on 2026-07-10");
  modified.modified = "2026-06-01";
  CHECK(why(modified, std::nullopt).starts_with(must));
}
