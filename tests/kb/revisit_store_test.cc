// What is kept of answers that say "not modified".

#include "kb/runs/runs.h"
#include "kb/sources/revisit_store.h"
#include "kb/sources/sources.h"
#include "kb/store/database.h"
#include "kb/store/migrations.h"
#include "tests/support/catch.h"
#include "tests/support/ok.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::testing;
using namespace std::chrono_literals;

namespace {

const Timestamp start = *parse_rfc3339("2026-11-01T10:00:00Z");

std::int64_t number(Store& store, std::string_view sql) {
  std::int64_t found = 0;
  REQUIRE(store.database()
              .run(sql, {},
                   [&](const Row& row) -> Status {
                     found = row.integer(0);
                     return {};
                   })
              .ok());
  return found;
}

struct Fixture {
  std::unique_ptr<Store> store = ok(Store::in_memory());
  Id source = ok(Sources{*store}.add("page", "https://example.org/a", "", start));
  Id run = ok(Runs{*store}.begin("extractive", start));

  void not_modified(Timestamp at) {
    SuccessfulFetch answer;
    answer.etag = "\"v1\"";
    answer.not_modified_run_id = run;
    REQUIRE(Sources{*store}.answered(source, answer, at).ok());
    REQUIRE(Runs{*store}.count_fetches(run, at, 1, 1).ok());
  }
  void recorded(Timestamp at, FetchResultKind outcome, int http_status) {
    REQUIRE(Runs{*store}.record({run, source, at, outcome, http_status, "", 10}).ok());
  }
  std::vector<Timestamp> answers(std::optional<Timestamp> after = {}) {
    std::vector<Timestamp> times;
    for (const auto& answer : ok(RevisitStore{*store}.successful_fetches(source, after))) times.push_back(answer.at);
    return times;
  }
};

}  // namespace

TEST_CASE("however often a source is looked at in vain no row is added") {
  Fixture f;
  f.recorded(start, FetchResultKind::new_document, 200);
  for (int day = 1; day <= 300; ++day) f.not_modified(start + 24h * day);
  CHECK(number(*f.store, "SELECT count(*) FROM fetch") == 1);
  const auto times = f.answers();
  REQUIRE(times.size() == 301);
  for (int day = 0; day <= 300; ++day) CHECK(times[static_cast<std::size_t>(day)] == start + 24h * day);
  CHECK(f.answers(start + 24h * 290).size() == 300);  // the stretch whole: who learns leaves out what is old
}

TEST_CASE("a stretch of not modified becomes a row when another answer or a failure ends it") {
  Fixture f;
  f.not_modified(start + 1h);
  f.recorded(start + 2h, FetchResultKind::failed, 0);
  for (int hour = 3; hour <= 7; ++hour) f.not_modified(start + 1h * hour);
  f.recorded(start + 8h, FetchResultKind::changed, 200);
  f.not_modified(start + 9h);
  CHECK(number(*f.store, "SELECT count(*) FROM fetch WHERE outcome = 'not_modified'") == 2);
  CHECK(number(*f.store, "SELECT sum(looks) FROM fetch WHERE outcome = 'not_modified'") == 6);
  const std::vector<Timestamp> wanted{start + 1h, start + 3h, start + 4h, start + 5h,
                                      start + 6h, start + 7h, start + 8h, start + 9h};
  CHECK(f.answers() == wanted);
}

TEST_CASE("each fetch counts for the budget of the hours after it whatever came of it") {
  Fixture f;
  f.recorded(start, FetchResultKind::new_document, 200);
  f.not_modified(start + 1h);
  f.not_modified(start + 1h + 10s);
  f.recorded(start + 2h, FetchResultKind::failed, 0);
  RevisitStore revisit_store{*f.store};
  CHECK(ok(revisit_store.fetches_between(start - 1s, start + 24h)).of_sources == 4);
  CHECK(ok(revisit_store.fetches_between(start, start + 24h)).of_sources == 3);
  CHECK(ok(revisit_store.fetches_between(start + 1h + 10s, start + 24h)).of_sources == 1);
  CHECK(ok(revisit_store.fetches_between(start + 2h, start + 24h)).of_sources == 0);
  CHECK(ok(Runs{*f.store}.has_http_answer_since(start + 1h + 10s)));
  CHECK_FALSE(ok(Runs{*f.store}.has_http_answer_since(start + 90min)));
}

TEST_CASE("looks that an older program recorded one by one become stretches that say the same") {
  constexpr int before_stretches = 17;
  const TemporaryFolder folder;
  const std::string file = folder / "kb.sqlite";
  {
    const auto store = ok(Store::create(folder / "newest.sqlite"));
    const std::int64_t application = number(*store, "PRAGMA application_id");
    const auto database = ok(Database::open(file, Database::Mode::create));
    REQUIRE(database->script("PRAGMA application_id = " + std::to_string(application)).ok());
    REQUIRE(migrate(*database, before_stretches).ok());
    REQUIRE(
        database
            ->script("INSERT INTO source (id, kind, address, added_at, due_at, checked_at) VALUES "
                     "(1, 'page', 'https://example.org/1', 0, 0, 0), "
                     "(2, 'page', 'https://example.org/2', 0, 0, 0);"
                     "INSERT INTO run (id, started_at, state, drafter) VALUES (1, 0, 'done', 'extractive')")
            .ok());
    const char* const outcomes[] = {"new",          "not_modified", "not_modified", "not_modified", "failed",
                                    "not_modified", "not_modified", "unchanged",    "not_modified"};
    std::int64_t hour = 0;
    for (const char* outcome : outcomes) {
      for (const std::int64_t source : {1, 2}) {
        REQUIRE(
            database
                ->run("INSERT INTO fetch (run_id, source_id, at, outcome, http_status) VALUES (1, ?, ?, ?, "
                      "nullif(?3 = 'failed', 1))",
                      {source, to_value(start + std::chrono::hours{hour}), std::string_view{outcome}})
                .ok());
      }
      ++hour;
    }
  }
  const auto store = ok(Store::open(file));
  for (const Id source : {1, 2}) {
    INFO(source);
    std::vector<Timestamp> times;
    for (const auto& answer : ok(RevisitStore{*store}.successful_fetches(source, {}))) times.push_back(answer.at);
    const std::vector<Timestamp> wanted{start,      start + 1h, start + 2h, start + 3h,
                                        start + 5h, start + 6h, start + 7h, start + 8h};
    CHECK(times == wanted);
  }
  CHECK(number(*store, "SELECT count(*) FROM fetch") == 2 * 6);
  CHECK(ok(RevisitStore{*store}.fetches_between(start - 1s, start + 24h * 365)).of_sources == 18);
  CHECK_FALSE(ok(Runs{*store}.has_http_answer_since(start + 9h)));
}
