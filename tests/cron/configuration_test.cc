#include "cron/configuration.h"

#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::cron;

TEST_CASE("an empty configuration is the defaults, and the text of a new one is read back") {
  const auto empty = parse_configuration("", "stubkeeper.toml");
  REQUIRE(empty.ok());
  CHECK(empty->model.provider == "extractive");
  CHECK(empty->fetch.parallel == 16);
  const auto fresh = parse_configuration(new_configuration_text("../a \"b\" \\c"), "stubkeeper.toml");
  REQUIRE(fresh.ok());
  CHECK(fresh->site.content == "../a \"b\" \\c");
  CHECK(parse_configuration(new_configuration_text(""), "stubkeeper.toml")->site.content == "");
}

TEST_CASE("every key can be set to its own default") {
  for (const ConfigurationKey& key : configuration_keys()) {
    const std::string name{key.name};
    const std::string toml = "[" + name.substr(0, name.find('.')) + "]\n" + name.substr(name.find('.') + 1) +
                             " = " + std::string{key.fallback} + "\n";
    INFO(toml);
    CHECK(parse_configuration(toml, "stubkeeper.toml").ok());
    CHECK_FALSE(key.meaning.empty());
  }
}

TEST_CASE("an error names the place, the key and the nearest one") {
  const auto error = parse_configuration("[fetch]\n\nparalel = 3\n", "stubkeeper.toml").error();
  CHECK(error.code == ErrorCode::invalid_argument);
  CHECK(error.where == "stubkeeper.toml:3");
  CHECK(error.message.find("fetch.paralel") != std::string::npos);
  CHECK(error.advice.find("parallel") != std::string::npos);
  CHECK(parse_configuration("[check]\ndisable = [\"stalle\"]\n", "s").error().text().find("stale") !=
        std::string::npos);
}
