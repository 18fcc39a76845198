#include "llm/answer_schema.h"

#include "tests/llm/model_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::llm;
using namespace stubkeeper::testing;

namespace {

const std::string typed =
    R"({"type":"object","properties":{"name":{"type":"string"},"count":{"type":"integer"},"share":{"type":"number"},)"
    R"("open":{"type":"boolean"}},"required":["name","count","share","open"],"additionalProperties":false})";

std::string problem(const std::string& schema, const std::string& text) {
  const CheckedAnswer answer = check_answer(schema, text);
  CHECK(answer.json.empty());
  return answer.problems.empty() ? "" : answer.problems.front();
}

}  // namespace

TEST_CASE("a schema that all endpoints take is accepted") {
  CHECK(check_answer_schema(sample_schema).ok());
  CHECK(check_answer_schema(typed).ok());
}

TEST_CASE("what some endpoint does not take is named with its place") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"nothing", "not JSON"},
      {R"({"type":"array","items":{"type":"string"}})", "root"},
      {R"({"type":"object","properties":{},"required":[]})", "additionalProperties"},
      {R"({"type":"object","properties":{},"required":[],"additionalProperties":true})",
       "additionalProperties"},
      {R"({"type":"object","properties":{"a":{"type":"string"}},"required":[],"additionalProperties":false})",
       "\"a\" is not required"},
      {R"({"type":"object","properties":{},"required":["a"],"additionalProperties":false})",
       "is no property"},
      {R"({"type":"object","properties":{"a":{"type":"string","maxLength":3}},"required":["a"],"additionalProperties":false})",
       "maxLength"},
      {R"({"type":"object","properties":{"a":{"type":["string","null"]}},"required":["a"],"additionalProperties":false})",
       "no type"},
      {R"({"type":"object","properties":{"a":{"type":"integer","enum":[1]}},"required":["a"],"additionalProperties":false})",
       "enum"},
      {R"({"type":"object","properties":{"a":{"type":"array"}},"required":["a"],"additionalProperties":false})",
       "not a schema"}};
  for (const auto& [schema, words] : cases) {
    INFO(schema);
    const Status status = check_answer_schema(schema);
    REQUIRE_FALSE(status.ok());
    CHECK_THAT(status.error().text(), ContainsSubstring(words));
  }
  CHECK_THAT(check_answer_schema(cases[6].first).error().where, ContainsSubstring("/properties/a"));
}

TEST_CASE("a schema nested deeper than five is not taken") {
  std::string schema = R"({"type":"string"})";
  for (int i = 0; i < 5; ++i) schema = R"({"type":"array","items":)" + schema + "}";
  const std::string root = R"({"type":"object","properties":{"a":)" + schema +
                           R"(},"required":["a"],"additionalProperties":false})";
  CHECK_THAT(check_answer_schema(root).error().message, ContainsSubstring("nested"));
}

TEST_CASE("an answer of the schema is valid and comes back without white space") {
  const CheckedAnswer answer =
      check_answer(sample_schema, " { \"verdict\" : \"nothing new\", \"changes\" : [] } ");
  CHECK(answer.valid());
  CHECK(answer.json == sample_answer);
  CHECK(check_answer(typed, R"({"name":"x","count":3.0,"share":2,"open":true})").valid());
}

TEST_CASE("what local servers leave around an answer is taken off") {
  for (const std::string& text :
       {"```json\n" + sample_answer + "\n```", "```\n" + sample_answer + "```",
        "<think>first I\n{look}</think>\n" + sample_answer, "\xEF\xBB\xBF" + sample_answer}) {
    INFO(text);
    CHECK(check_answer(sample_schema, text).json == sample_answer);
  }
}

TEST_CASE("anything else around an answer is a problem") {
  for (const std::string& text :
       {"Here you are: " + sample_answer, sample_answer + "\nI hope this helps.",
        sample_answer + sample_answer, std::string{"{"}, std::string{"nothing new"}})
    CHECK_THAT(problem(sample_schema, text), ContainsSubstring("not one JSON document"));
  CHECK_THAT(problem(sample_schema, "  "), ContainsSubstring("empty"));
}

TEST_CASE("each departure from the schema is told with its place") {
  CHECK_THAT(problem(sample_schema, R"({"verdict":"nothing new"})"), ContainsSubstring("has no \"changes\""));
  CHECK_THAT(problem(sample_schema, R"({"verdict":"maybe","changes":[]})"),
             ContainsSubstring("/verdict is none of"));
  CHECK_THAT(problem(sample_schema, R"({"verdict":"new","changes":[{"text":"x","quotes":["a",7]}]})"),
             ContainsSubstring("/changes/0/quotes/1 is number, not string"));
  CHECK_THAT(problem(sample_schema, R"({"verdict":"new","changes":[],"path":"/etc"})"),
             ContainsSubstring("\"path\", which is not asked for"));
  CHECK_THAT(problem(sample_schema, "[]"), ContainsSubstring("is array, not object"));
  CHECK_THAT(problem(typed, R"({"name":"x","count":3.5,"share":2,"open":true})"),
             ContainsSubstring("/count is number, not integer"));
  CHECK_THAT(problem(typed, R"({"name":"x","count":3,"share":"2","open":"yes"})"),
             ContainsSubstring("/share"));
}

TEST_CASE("a key that is named twice is a problem since nobody knows which one is meant") {
  CHECK_THAT(problem(sample_schema, R"({"verdict":"new","verdict":"nothing new","changes":[]})"),
             ContainsSubstring("twice"));
}

TEST_CASE("a thousand problems are told as twenty") {
  std::string text = R"({"verdict":"new","changes":[)";
  for (int i = 0; i < 1000; ++i) text += i == 0 ? "1" : ",1";
  CHECK(check_answer(sample_schema, text + "]}").problems.size() == 20);
}

TEST_CASE("deeply nested nonsense is a problem and not a crash") {
  CHECK_FALSE(check_answer(sample_schema, std::string(200'000, '[')).valid());
  CHECK_FALSE(check_answer(sample_schema, std::string(100'000, '[') + std::string(100'000, ']')).valid());
}
