#include "config/configuration.h"

#include "config/model_endpoint.h"
#include "config/review_policies.h"
#include "entries/renamed_keys.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::config;

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

TEST_CASE("a model is named with its endpoint and its limits and none is a limit that is lifted") {
  const auto read = parse_configuration(
      "[model]\nprovider = \"anthropic\"\nname = \"claude-haiku-4-5\"\napi_key_command = \"pass show it\"\n"
      "fallback = \"none\"\n[budget]\ntokens_per_run = \"none\"\nusd_per_run = 0.25\nusd_per_day = 1\n"
      "usd_per_month = 0\n[[price]]\nhost = \"model.example\"\nmodel = \"*\"\ninput = 1\ncached_input = 1\n"
      "cache_write = 1\noutput = 1\n",
      "stubkeeper.toml");
  INFO((read.ok() ? "" : read.error().text()));
  REQUIRE(read.ok());
  CHECK_FALSE(read->budget.tokens_per_run);
  CHECK(read->budget.micro_usd_per_run == 250'000);
  CHECK(read->budget.micro_usd_per_day == 1'000'000);
  CHECK(read->budget.micro_usd_per_month == 0);
  CHECK(read->prices.size() == 1);
  CHECK(configured_key_source(read->model).command == "pass show it");
  const auto endpoint = configured_endpoint(read->model);
  REQUIRE(endpoint.ok());
  CHECK((*endpoint)->identity() ==
        llm::ModelIdentity{"messages", "https://api.anthropic.com", "claude-haiku-4-5"});
  CHECK(parse_configuration("", "s")->budget.micro_usd_per_run == 1'000'000);
}

TEST_CASE("a provider's own key goes to its own address alone") {
  const auto variable = [](const std::string& lines) {
    const auto read = parse_configuration("[model]\nname = \"m\"\n" + lines, "s");
    INFO((read.ok() ? "" : read.error().text()));
    REQUIRE(read.ok());
    return configured_key_source(read->model).variable;
  };
  CHECK(variable("provider = \"openai\"\n") == "OPENAI_API_KEY");
  CHECK(variable("provider = \"openai-responses\"\n") == "OPENAI_API_KEY");
  CHECK(variable("provider = \"anthropic\"\n") == "ANTHROPIC_API_KEY");
  CHECK(variable("provider = \"openai\"\nbase_url = \"http://127.0.0.1:8080/v1\"\n") == "");
  CHECK(variable("provider = \"openai\"\nbase_url = \"http://127.0.0.1:8080/v1\"\napi_key_env = \"K\"\n") ==
        "K");
  CHECK(variable("provider = \"ollama\"\n") == "");
}

TEST_CASE("what is wrong with a model is named with its line and a key is never repeated") {
  const auto wrong = [](const std::string& toml) {
    const auto read = parse_configuration(toml, "stubkeeper.toml");
    INFO(toml);
    REQUIRE_FALSE(read.ok());
    return read.error();
  };
  const std::string canary = "sk-canary-0123456789";
  for (const std::string key : {"api_key", "key", "token"}) {
    const auto error = wrong("[model]\n\n" + key + " = \"" + canary + "\"\n");
    CHECK(error.where == "stubkeeper.toml:3");
    CHECK(error.advice.find("api_key_env") != std::string::npos);
    CHECK(error.text().find(canary) == std::string::npos);
  }
  const auto named = wrong("[model]\napi_key_env = \"" + canary + "\"\n");
  CHECK(named.where == "stubkeeper.toml:2");
  CHECK(named.text().find(canary) == std::string::npos);
  const auto in_address = wrong(
      "[model]\nprovider = \"openai\"\nname = \"m\"\nbase_url = \"https://x:" + canary + "@host/v1\"\n");
  CHECK(in_address.where == "stubkeeper.toml:4");
  CHECK(in_address.text().find(canary) == std::string::npos);
  CHECK(wrong("[model]\nprovider = \"openai\"\n").message.find("model.name") != std::string::npos);
  CHECK(wrong("[model]\nprovider = \"olama\"\n").advice.find("ollama") != std::string::npos);
  CHECK(wrong("[model]\napi_key_env = \"A\"\napi_key_command = \"b\"\n").where == "stubkeeper.toml:3");
  for (const std::string value : {"-1", "\"a\"", "nan", "1e9"})
    CHECK(wrong("[budget]\nusd_per_day = " + value + "\n").message.find("budget.usd_per_day") !=
          std::string::npos);
  CHECK(wrong("[budget]\ntokens_per_run = 1.5\n").message.find("whole") != std::string::npos);
  CHECK(wrong("\n[[price]]\nhost = \"h\"\nmodel = \"m\"\ninput = -1\n").where == "stubkeeper.toml:5");
  CHECK(wrong("[price]\nhost = \"h\"\n").where == "stubkeeper.toml:1");
}

TEST_CASE("a model without a known price is refused under a limit in dollars with the lines that mend it") {
  auto configuration =
      *parse_configuration("[model]\nprovider = \"ollama\"\nname = \"qwen3\"\n", "stubkeeper.toml");
  const llm::ModelIdentity identity = (*configured_endpoint(configuration.model))->identity();
  const Status refused = require_known_price(configuration, identity);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::refused);
  const std::string& advice = refused.error().advice;
  const std::size_t begin = advice.find("  [[price]]");
  const std::string lines = advice.substr(begin, advice.find("  or lift") - begin);
  const auto mended =
      parse_configuration("[model]\nprovider = \"ollama\"\nname = \"qwen3\"\n" + lines, "stubkeeper.toml");
  INFO(lines);
  REQUIRE(mended.ok());
  CHECK(require_known_price(*mended, identity).ok());
  configuration.budget = {std::nullopt, std::nullopt, std::nullopt, std::nullopt};
  CHECK(require_known_price(configuration, identity).ok());
}

TEST_CASE("policies of review are read with their sections and sources") {
  const auto configuration = parse_configuration(
      "[review]\nauto_approve = [\"rechecked\"]\n[[review.policy]]\nname = \"our news\"\nkinds = [\"add "
      "development\"]\nsections = [\"pumps\"]\nsources = "
      "[\"https://example.org/*\"]\n[[review.policy]]\nname = "
      "\"other\"\nkinds = [\"upkeep\"]\n",
      "stubkeeper.toml");
  INFO((configuration.ok() ? "" : configuration.error().text()));
  REQUIRE(configuration.ok());
  const auto policies = all_policies(*configuration);
  REQUIRE(policies.size() == 3);
  CHECK(policies[0].name == "auto_approve");
  CHECK(policies[0].kinds == std::vector<std::string>{"rechecked"});
  CHECK(policies[1].name == "our news");
  CHECK(policies[1].sections == std::vector<std::string>{"pumps"});
  CHECK(policies[1].sources == std::vector<std::string>{"https://example.org/*"});
  CHECK(policies[2].sources.empty());
}

TEST_CASE("a bad policy of review is an error with its line") {
  const auto error = [](const std::string& policy) {
    const auto read = parse_configuration("[review]\n" + policy, "stubkeeper.toml");
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().where.starts_with("stubkeeper.toml:"));
    return read.error().message;
  };
  CHECK(error("policy = 1\n") == "review.policy must be a list of tables");
  CHECK(error("policy = [1]\n") == "review.policy must be a list of tables");
  CHECK(error("[[review.policy]]\nkinds = [\"x\"]\n") == "a policy has no name");
  CHECK(error("[[review.policy]]\nname = \"p\"\n") == "the policy \"p\" names no kinds of change");
  CHECK(error("[[review.policy]]\nname = \"p\"\nkind = [\"x\"]\n") == "unknown key review.policy.kind");
  CHECK(error("[[review.policy]]\nname = \"p\"\nkinds = \"x\"\n") ==
        "review.policy.kinds must be a list of texts");
  CHECK(error("[[review.policy]]\nname = 1\nkinds = [\"x\"]\n") == "review.policy.name must be a text");
  const std::string one = "[[review.policy]]\nname = \"p\"\nkinds = [\"x\"]\n";
  CHECK(error(one + one) == "there are two policies of the name \"p\"");
  CHECK(error("[[review.policy]]\nname = \"auto_approve\"\nkinds = [\"x\"]\n") ==
        "there are two policies of the name \"auto_approve\"");
}

TEST_CASE("a configuration with the old names of keys is read, with a line for each that says the new one") {
  std::string toml;
  std::string price = "[[price]]\nhost = \"h\"\nmodel = \"m\"\ninput = 1\ncached_input = 1\ncache_write = 1\noutput = 1\n";
  for (const entries::RenamedKey& key : entries::renamed_keys("stubkeeper.toml")) {
    const std::string old_name{key.old_name};
    const bool of_price = old_name.starts_with("price.*.");
    (of_price ? price : toml) += (of_price ? old_name.substr(8) : old_name) + " = 2000\n";
  }
  const auto read = parse_configuration(toml + price, "stubkeeper.toml");
  INFO((read.ok() ? "" : read.error().text()));
  REQUIRE(read.ok());
  CHECK(read->model.max_output_tokens == 2000);
  CHECK(read->fetch.max_bytes == 2000);
  CHECK(read->revisit.min_minutes == 2000);
  CHECK(read->revisit.max_days == 2000);
  CHECK(read->prices.front().price.max_input_tokens == 2000);
  REQUIRE(read->notices.size() == 5);
  CHECK(read->notices[3] ==
        "stubkeeper.toml:4: revisit.longest_days is called revisit.max_days now; the old name is still read");
  CHECK(parse_configuration("[fetch]\nmax_bytes = 2000000\n", "s")->notices.empty());
}

TEST_CASE("an old name beside the new one is an error that names both, and a value that is wrong has its line") {
  const auto both = parse_configuration("[revisit]\nlongest_days = 2\nmax_days = 3\n", "s").error();
  CHECK(both.where == "s:2");
  CHECK(both.message == "revisit.longest_days and revisit.max_days are both set");
  CHECK(both.advice == "keep revisit.max_days; the other is its old name");
  CHECK(parse_configuration("[revisit]\n\nlongest_days = \"x\"\n", "s").error().where == "s:3");
}
