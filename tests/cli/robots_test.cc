#include <nlohmann/json.hpp>

#include "tests/support/catch.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper::testing;

TEST_CASE("robots decides one file's addresses and names the rule") {
  const TemporaryFolder folder;
  write_file(folder / "robots.txt", "User-agent: *\nDisallow: /private\n");
  const auto result =
      run_stubkeeper({"robots", folder / "robots.txt", "--agent", "stubkeeper", "/private/a", "/b"});
  CHECK(result.exit_code == 1);
  CHECK(result.out ==
        "disallowed  /private/a  line 2: Disallow: /private\nallowed     /b  no rule matches\n");
}

TEST_CASE("robots decides a batch of cases one line for each") {
  const TemporaryFolder folder;
  write_file(
      folder / "cases",
      R"({"robots": "User-agent: *\nDisallow: /a\n", "agent": "x", "urls": ["/a", "https://example.org/b"]})"
      "\n"
      R"({"robots": "", "agent": "y", "urls": []})"
      "\n");
  const auto result = run_stubkeeper({"robots", "--batch", folder / "cases"});
  CHECK(result.exit_code == 0);
  const auto first = nlohmann::json::parse(result.out.substr(0, result.out.find('\n')));
  CHECK(first["decisions"][0]["allowed"] == false);
  CHECK(first["decisions"][0]["rule"]["line"] == 2);
  CHECK(first["decisions"][1]["allowed"] == true);
  CHECK(result.out.find(R"({"agent":"y","decisions":[]})") != std::string::npos);
}

TEST_CASE("robots says which line of a batch is no case and what is missing without one") {
  const TemporaryFolder folder;
  write_file(folder / "cases", "{\"robots\": \"\"}\n");
  const auto broken = run_stubkeeper({"robots", "--batch", folder / "cases"});
  CHECK(broken.exit_code != 0);
  CHECK(broken.err.find("cases:1") != std::string::npos);
  CHECK(run_stubkeeper({"robots"}).exit_code == 2);
  CHECK(run_stubkeeper({"robots", folder / "cases", "/a"}).exit_code == 2);
}
