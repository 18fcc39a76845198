#include "base/text/nearest_name.h"

#include <vector>

#include "tests/support/catch.h"

using stubkeeper::nearest_name;

TEST_CASE("a misspelt name is met with the nearest known one") {
  const std::vector<std::string> known = {"refresh", "review", "export", "status"};
  CHECK(nearest_name("refersh", known) == "refresh");
  CHECK(nearest_name("reveiw", known) == "review");
  CHECK(nearest_name("exprot", known) == "export");
  CHECK(nearest_name("stats", known) == "status");
}

TEST_CASE("a name that is near to none is met with none") {
  const std::vector<std::string> known = {"refresh", "review"};
  CHECK_FALSE(nearest_name("publish", known));
  CHECK_FALSE(nearest_name("", known));
  CHECK_FALSE(nearest_name(std::string(100'000, 'r'), known));
}
