#include "kb/sources/source_flags.h"

#include "kb/sources/sources.h"
#include "kb/store/database.h"
#include "tests/support/catch.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using stubkeeper::testing::ok;

namespace {

const Timestamp monday{std::chrono::milliseconds{1'764'000'000'000}};
const Timestamp tuesday = monday + std::chrono::hours{24};

}  // namespace

TEST_CASE("a flag on a source is raised once and stays in the store when it is resolved") {
  const auto store = ok(Store::in_memory());
  const Id source = ok(Sources{*store}.add("page", "https://example.org/a", "", monday));
  SourceFlags flags{*store};
  REQUIRE(flags.raise(source, "login-wall", "sent a login", monday).ok());
  REQUIRE(flags.raise(source, "login-wall", "sent a login", tuesday).ok());
  REQUIRE(ok(flags.list_open(source)).size() == 1);
  CHECK(ok(flags.list_open(source))[0].raised_at == monday);
  CHECK(ok(flags.open()).at(0).first == source);

  REQUIRE(flags.resolve(source, {"error-page"}, "no", tuesday).ok());
  CHECK(ok(flags.list_open(source)).size() == 1);
  REQUIRE(flags.resolve(source, {"error-page", "login-wall"}, "it reads well again", tuesday).ok());
  CHECK(ok(flags.list_open(source)).empty());
  std::string kept;
  REQUIRE(store->database()
              .run("SELECT name || ', ' || resolution FROM flag WHERE resolved_at = ?", {to_value(tuesday)},
                   [&](const Row& row) -> Status {
                     kept += row.text(0);
                     return {};
                   })
              .ok());
  CHECK(kept == "login-wall, it reads well again");

  REQUIRE(flags.raise(source, "login-wall", "sent a login", tuesday).ok());
  CHECK(ok(flags.list_open(source)).size() == 1);
}

TEST_CASE("a flag whose detail changes is raised anew, and flags of removed sources are not listed") {
  const auto store = ok(Store::in_memory());
  const Id source = ok(Sources{*store}.add("pdf", "https://example.org/a.pdf", "", monday));
  SourceFlags flags{*store};
  REQUIRE(flags.raise(source, "pages-without-text", "page 3", monday).ok());
  REQUIRE(flags.raise(source, "pages-without-text", "pages 3 and 4", tuesday).ok());
  const auto open = ok(flags.list_open(source));
  REQUIRE(open.size() == 1);
  CHECK(open[0].detail == "pages 3 and 4");
  REQUIRE(Sources{*store}.set_state(source, SourceState::removed).ok());
  CHECK(ok(flags.open()).empty());
}
