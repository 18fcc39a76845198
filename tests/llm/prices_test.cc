#include "llm/prices/price_table.h"

#include "schema/embedded_files.h"
#include "tests/llm/model_support.h"
#include "tests/llm/run_ledger.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::llm;
using namespace stubkeeper::llm::testing;
using namespace stubkeeper::testing;

namespace {

// $3, $0.30, $3.75 and $15 a million.
const ModelPrice price{3'000'000, 300'000, 3'750'000, 15'000'000, std::nullopt};

ModelIdentity at(const std::string& base, const std::string& model) {
  return {"chat_completions", base, model};
}

ModelAnswer used(const TokenUsage& usage) {
  ModelAnswer answer;
  answer.usage = usage;
  return answer;
}

std::string rule(const std::string& more = "") {
  return "[[price]]\nhost = \"h\"\nmodel = \"m\"\ninput = 1\ncached_input = 1\ncache_write = 1\noutput = "
         "1\n" +
         more;
}

}  // namespace

TEST_CASE("a cost is the sum of its kinds of tokens rounded up to a micro-dollar") {
  CHECK(compute_cost({1'000'000, 0, 0, 0, 0}, price) == 3'000'000);
  CHECK(compute_cost({0, 1'000'000, 0, 0, 0}, price) == 300'000);
  CHECK(compute_cost({0, 0, 1'000'000, 0, 0}, price) == 3'750'000);
  CHECK(compute_cost({0, 0, 0, 1'000'000, 1'000'000}, price) == 15'000'000);
  CHECK(compute_cost({3, 1111, 418, 33, 0}, price) == 9 + 334 + 1568 + 495 - 1);  // 2404.8 rounded up as a whole
  CHECK(compute_cost({1, 0, 0, 0, 0}, {1, 0, 0, 0, std::nullopt}) == 1);
  CHECK(compute_cost({}, price) == 0);
}

TEST_CASE("no usage and no price make a sum that wraps around") {
  const std::int64_t huge = 1'000'000'000'000;
  const ModelPrice dearest{10'000'000'000, 10'000'000'000, 10'000'000'000, 10'000'000'000, std::nullopt};
  CHECK(compute_cost({huge, huge, huge, huge, huge}, dearest) == 4'000'000'000'000);
  CHECK(compute_cost({-5, 0, 0, 0, 0}, price) == 0);
}

TEST_CASE("a prompt has at most as many tokens as bytes and what endpoints add") {
  ModelRequest request;
  CHECK(max_input_tokens(request) == 1024);
  request.instructions = "abc";
  request.input = "\xF0\x9F\x94\xA5";
  CHECK(max_input_tokens(request) == 1024 + 3 + 4);
  request.answer_schema = "{}";
  CHECK(max_input_tokens(request) == 1024 + 3 + 4 + 2);
}

TEST_CASE("a text that normalization makes longer is bounded by its longer form") {
  ModelRequest request;
  request.input = "\xEF\xB7\xBA";  // U+FDFA, eighteen characters in NFKC
  CHECK(max_input_tokens(request) == 1024 + 33);
}

TEST_CASE("the bound of a call takes every token at its dearest") {
  ModelRequest request = sample_request();
  const CallBound bound = upper_bound_of_call(request, price);
  CHECK(bound.input_tokens == max_input_tokens(request));
  CHECK(bound.tokens == bound.input_tokens + 2000);
  // Written to the cache, the prompt costs more than read plainly.
  CHECK(bound.cost ==
        (bound.input_tokens * 3'750'000 + std::int64_t{2000} * 15'000'000 + 999'999) / 1'000'000);
  CHECK_FALSE(upper_bound_of_call(request, std::nullopt).cost.has_value());
}

TEST_CASE("no usage within its bounds costs more than its bound") {
  const CallBound bound = upper_bound_of_call(sample_request(), price);
  const std::int64_t n = bound.input_tokens;
  for (const TokenUsage& usage : {TokenUsage{n, 0, 0, 2000, 0}, TokenUsage{0, n, 0, 2000, 0},
                                  TokenUsage{0, 0, n, 2000, 0}, TokenUsage{n / 2, 0, n - n / 2, 2000, 1999}})
    CHECK(compute_cost(usage, price) <= *bound.cost);
}

TEST_CASE("a prompt beyond what the price holds for has no known price") {
  ModelPrice tiered = price;
  tiered.max_input_tokens = 2000;
  ModelRequest request = sample_request();
  CHECK(upper_bound_of_call(request, tiered).cost.has_value());
  request.input += std::string(2000, 'x');
  const CallBound bound = upper_bound_of_call(request, tiered);
  CHECK_FALSE(bound.cost.has_value());
  CHECK_FALSE(settle(used({3000, 0, 0, 5, 0}), bound, tiered).cost.has_value());
  CHECK(settle(used({300, 0, 0, 5, 0}), bound, tiered).cost == 975);
}

TEST_CASE("a call is settled at what was reported") {
  const CallBound bound = upper_bound_of_call(sample_request(), price);
  const Settlement settled = settle(used({3, 1111, 418, 33, 0}), bound, price);
  CHECK(settled.tokens == 3 + 1111 + 418 + 33);
  CHECK(settled.cost == compute_cost({3, 1111, 418, 33, 0}, price));
  CHECK(settled.saved_by_cache == compute_cost({1532, 0, 0, 33, 0}, price) - *settled.cost);
  CHECK(settled.saved_by_cache > 0);
  // Above the bound too: what is owed is owed.
  CHECK(settle(used({bound.input_tokens * 2, 0, 0, 0, 0}), bound, price).tokens == bound.input_tokens * 2);
}

TEST_CASE("what is not known is settled at the bound and what is free at nothing") {
  const CallBound bound = upper_bound_of_call(sample_request(), price);
  CHECK(settle(ModelAnswer{}, bound, price).cost == bound.cost);
  CHECK(settle(ModelAnswer{}, bound, price).tokens == bound.tokens);
  ModelFailure failure;
  CHECK(settle(failure, bound, price).cost == 0);
  CHECK(settle(failure, bound, price).tokens == 0);
  failure.charge = Charge::at_upper_bound;
  CHECK(settle(failure, bound, price).cost == bound.cost);
  failure.charge = Charge::as_reported;
  failure.usage = TokenUsage{100, 0, 0, 10, 0};
  CHECK(settle(failure, bound, price).tokens == 110);
}

TEST_CASE("a report of no prompt at all is not believed") {
  const CallBound bound = upper_bound_of_call(sample_request(), price);
  const Settlement settled = settle(used({0, 0, 0, 180, 0}), bound, price);
  CHECK(settled.tokens == bound.input_tokens + 180);
  CHECK(settled.cost == compute_cost({bound.input_tokens, 0, 0, 180, 0}, price));
}

TEST_CASE("an unknown price is refused under a limit in dollars and never taken for nothing") {
  const ModelIdentity identity = at("https://model.example", "m");
  const Status unknown = check_affordable(upper_bound_of_call(sample_request(), std::nullopt), identity, 1'000'000'000);
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().code == ErrorCode::limit);
  CHECK_THAT(unknown.error().text(), ContainsSubstring("not known"));
  const CallBound bound = upper_bound_of_call(sample_request(), price);
  CHECK(check_affordable(bound, identity, *bound.cost).ok());
  CHECK_FALSE(check_affordable(bound, identity, *bound.cost - 1).ok());
  // A price of nothing is known.
  CHECK(check_affordable(upper_bound_of_call(sample_request(), ModelPrice{}), identity, 0).ok());
}

TEST_CASE("the built-in prices are read and say when and from where") {
  const auto text = schema::embedded_file("model_prices.toml");
  REQUIRE(text.has_value());
  const auto read = parse_price_table(*text, "model_prices.toml");
  INFO((read.ok() ? "" : read.error().text()));
  REQUIRE(read.ok());
  CHECK(text->find("\nchecked = 20") != std::string_view::npos);
  CHECK(text->find("\nsource = ") != std::string_view::npos);
  CHECK(built_in_prices().price_of(at("https://api.anthropic.com", "claude-haiku-4-5"))->output == 5'000'000);
  CHECK(built_in_prices().price_of(at("https://api.openai.com/v1", "gpt-4.1-mini"))->cached_input == 100'000);
}

TEST_CASE("a price holds at its host for its model and its snapshots and for nothing else") {
  const PriceTable& table = built_in_prices();
  const auto known = [&](const std::string& base, const std::string& model) {
    return table.price_of(at(base, model)).has_value();
  };
  CHECK(known("https://api.openai.com/v1", "gpt-5"));
  CHECK(known("https://API.OpenAI.com:443/v1", "gpt-5-2025-08-07"));
  CHECK(known("https://api.anthropic.com", "claude-haiku-4-5-20251001"));
  CHECK(known("https://api.anthropic.com", "claude-haiku-4-5-latest"));
  CHECK_FALSE(known("https://api.openai.com/v1", "gpt-5-pro"));
  CHECK_FALSE(known("https://api.openai.com/v1", "gpt-5-pro-2025-10-06"));
  CHECK_FALSE(known("https://api.openai.com/v1", "gpt-5-2025"));
  CHECK_FALSE(known("https://api.openai.com.evil.example/v1", "gpt-5"));
  CHECK_FALSE(known("https://evil.example/api.openai.com", "gpt-5"));
  CHECK_FALSE(known("https://openrouter.ai/api/v1", "gpt-5"));
  CHECK_FALSE(known("http://127.0.0.1:11434/v1", "qwen3:30b-a3b"));
  CHECK_FALSE(known("http://[::1]:11434/v1", "gpt-5"));
}

TEST_CASE("a knowledge base's own prices go first and may name many models at once") {
  PriceTable table = built_in_prices();
  table.prepend_rules({{"127.0.0.1", "*", {}}, {"api.openai.com", "gpt-5*", {9, 9, 9, 9, std::nullopt}}});
  CHECK(table.price_of(at("http://127.0.0.1:11434", "qwen3:30b-a3b"))->output == 0);
  CHECK(table.price_of(at("https://api.openai.com/v1", "gpt-5-pro"))->input == 9);
  CHECK(table.price_of(at("https://api.openai.com/v1", "gpt-4.1"))->input == 2'000'000);
  CHECK_FALSE(table.price_of(at("http://127.0.0.2:11434", "qwen3")).has_value());
}

TEST_CASE("a wrong price list is told with its line") {
  CHECK(parse_price_table(rule(), "p.toml").ok());
  const std::vector<std::pair<std::string, std::string>> cases{
      {"prices = 1", "unknown key \"prices\""},
      {"", "no list of [[price]]"},
      {rule("currency = \"EUR\"\n"), "unknown key \"currency\""},
      {rule("max_input_tokens = -1\n"), "max_input_tokens"},
      {"[[price]]\nhost = \"h\"\nmodel = \"m\"\ninput = 0.5\n", "\"input\" is no whole number"},
      {"[[price]]\nhost = \"h\"\nmodel = \"m\"\ninput = 10000000001\n", "\"input\" is no whole number"},
      {"[[price]]\nhost = \"h\"\nmodel = \"m\"\ninput = 1\n", "\"cached_input\""},
      {"[[price]]\nmodel = \"m\"\n", "\"host\" is no text"},
      {"[[price]\n", "p.toml:1"},
      {"a = \"\xff\"", "no TOML file"}};
  for (const auto& [text, words] : cases) {
    INFO(text);
    const auto read = parse_price_table(text, "p.toml");
    REQUIRE_FALSE(read.ok());
    CHECK_THAT(read.error().text(), ContainsSubstring(words));
    CHECK_THAT(read.error().where, ContainsSubstring("p.toml"));
  }
}

TEST_CASE("money is written to the last place") {
  CHECK(dollars(0) == "$0.000000");
  CHECK(dollars(4210) == "$0.004210");
  CHECK(dollars(1'234'567'890) == "$1234.567890");
  CHECK(dollars(-5) == "-$0.000005");
}
