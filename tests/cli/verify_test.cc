#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/catch.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper::testing;

namespace {

std::vector<nlohmann::json> lines_of(const std::string& out) {
  std::vector<nlohmann::json> lines;
  std::istringstream stream{out};
  for (std::string line; std::getline(stream, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

}  // namespace

TEST_CASE("verify gives a line for each line and says which words differ from the quotes") {
  const TemporaryFolder folder;
  write_file(
      folder / "claims.jsonl",
      R"({"text": "Saltline has 340 employees.", "quotes": ["Saltline has 12 employees."]})"
      "\n"
      R"({"text": "Saltline has 12 employees.", "quotes": ["Saltline has 12 employees."], "entry": "Saltline"})"
      "\n");
  const auto result = run_stubkeeper({"verify", folder / "claims.jsonl"});
  CHECK(result.exit_code == 0);
  const auto lines = lines_of(result.out);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0]["error"].is_null());
  const auto& flags = lines[0]["flags"];
  REQUIRE_FALSE(flags.empty());
  const auto number = std::find_if(flags.begin(), flags.end(),
                                   [](const auto& flag) { return flag["id"] == "number-not-in-quote"; });
  REQUIRE(number != flags.end());
  CHECK((*number)["words"] == "340 employees");
  CHECK((*number)["why"].get<std::string>().find("number") != std::string::npos);
  CHECK(lines[1] == nlohmann::json{{"flags", nlohmann::json::array()}, {"error", nullptr}});
}

TEST_CASE("verify reads standard input and takes the replaced words for old ones") {
  const std::string text =
      R"({"text": "Saltline has 12 employees in Graz.", "quotes": ["It has 12 employees."])";
  const auto result = run_stubkeeper(
      {"verify"}, {{}, {}, text + "}\n" + text + R"(, "replaces": "Saltline has 9 employees in Graz."})"});
  CHECK(result.exit_code == 0);
  const auto lines = lines_of(result.out);
  REQUIRE(lines.size() == 2);
  REQUIRE_FALSE(lines[0]["flags"].empty());
  CHECK(lines[0]["flags"].dump().find("Graz") != std::string::npos);
  CHECK(lines[1]["flags"].empty());
}

TEST_CASE("verify compares with the entry that a line gives whole") {
  const auto result = run_stubkeeper(
      {"verify"},
      {{},
       {},
       R"({"text": "Saltline has 12 employees.", "quotes": ["Saltline has 12 employees."],)"
       R"( "entry": "---\ntitle: Saltline\n---\n\n## Summary\n\nSaltline has 900 employees.\n"})"});
  const auto lines = lines_of(result.out);
  REQUIRE(lines.size() == 1);
  REQUIRE(lines[0]["flags"].size() == 1);
  CHECK(lines[0]["flags"][0]["id"] == "contradicts");
}

TEST_CASE("verify says in a line's place what is wrong with it and goes on") {
  const auto result = run_stubkeeper(
      {"verify"},
      {{},
       {},
       "no JSON\n\n{\"text\": \"A.\"}\n{\"text\": 1, \"quotes\": []}\n{\"text\": \"A.\", \"quotes\": []}\n"
       "{\"text\": \"A <script>\", \"quotes\": [\"A\"]}\n{\"text\": \"A.\", \"quotes\": [\"A.\"]}\n"});
  CHECK(result.exit_code == 1);
  const auto lines = lines_of(result.out);
  REQUIRE(lines.size() == 7);
  for (std::size_t i = 0; i < 6; ++i) {
    INFO(i);
    CHECK(lines[i]["error"].is_string());
  }
  CHECK(lines[6]["error"].is_null());
  CHECK(run_stubkeeper({"verify", "/not-there.jsonl"}).exit_code == 1);
}
