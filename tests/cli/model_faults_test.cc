// What goes wrong at an endpoint, through a refresh of the real program: nothing is lost, nothing is paid for
// unnoticed, and the next run does what this one could not.

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/quoting_model.h"

using namespace stubkeeper::testing;
using nlohmann::json;

namespace {

struct Fault {
  std::string name;
  EndpointResponse answer;
  bool is_charged;  // it may have cost something: booked at its bound
  int hits;         // by one refresh of one entry
  std::string said;
};

EndpointResponse with(int status, const std::string& body, EndpointResponse::Delivery delivery = EndpointResponse::Delivery::whole) {
  EndpointResponse answer;
  answer.status = status;
  answer.body = body;
  answer.delivery = delivery;
  answer.headers = {{"retry-after-ms", "1"}};
  return answer;
}

EndpointResponse of_type(EndpointResponse answer, const std::string& content_type) {
  answer.content_type = content_type;
  return answer;
}

std::string chat(const std::string& text, const std::string& finish = "stop") {
  json body = json::parse(answer_body("/v1/chat/completions", text, 100, 10));
  body["choices"][0]["finish_reason"] = finish;
  return body.dump();
}

// Each kind that the fault server plays. A retried one is asked seven times: once and six retries.
std::vector<Fault> faults() {
  const std::string overloaded = R"({"error":{"message":"too much"}})";
  const std::string whole = chat("{}");
  return {
      {"429", with(429, overloaded), false, 7, "429"},
      {"500", with(500, overloaded), false, 7, "500"},
      {"529", with(529, overloaded), false, 7, "529"},
      {"402", with(402, overloaded), false, 1, "402"},
      {"401", with(401, overloaded), false, 1, "401"},
      {"hanging", with(200, "", EndpointResponse::Delivery::hanging), true, 1, "no whole answer in time"},
      {"dripping", with(200, whole, EndpointResponse::Delivery::dripping), true, 1, "no whole answer in time"},
      {"cut", with(200, whole, EndpointResponse::Delivery::truncated), true, 1, "did not come whole"},
      {"100 MB", with(200, "", EndpointResponse::Delivery::huge), true, 1, "larger than"},
      {"a web page", of_type(with(200, "<html>Hello</html>"), "text/html"), true, 1, "text/html"},
      {"invalid JSON", with(200, "{\"choices\": [{"), true, 1, "no JSON"},
      {"JSON of the wrong shape", with(200, R"({"result": "fine"})"), true, 1, "no choices"},
      {"nothing", with(200, ""), true, 1, "empty"},
      {"an answer of the wrong shape", with(200, chat(R"({"verdict":"changes"})")), true, 2, "not valid"},
      // Asked twice for all four passages, for two of them, and for one.
      {"a truncated answer", with(200, chat("{\"verdict\": \"cha", "length")), true, 6, "does not fit"},
      {"another address", with(302, ""), false, 1, "302"},
  };
}

std::string make_model_config(const ModelServer& model) {
  return "[model]\nprovider = \"openai\"\nname = \"quoting\"\ntimeout_ms = 1500\nbase_url = \"" +
         model.address("/v1") +
         "\"\n[[price]]\nhost = \"127.0.0.1\"\nmodel = \"*\"\ninput = 1000000\ncached_input = "
         "1000000\ncache_write = 1000000\noutput = 4000000\n";
}

}  // namespace

TEST_CASE("every kind of fault is named and booked and a stand-in drafts until the endpoint is well again") {
  for (const Fault& fault : faults()) {
    INFO(fault.name);
    TestKnowledgeBase kb;
    kb.add_stub("pumps/a", "Pumpwerk", page_about("Pumpwerk"));
    {
      ModelServer model{{fault.answer}};
      kb.configure_model(make_model_config(model));
      const auto result = kb.run({"refresh", "--json"});
      INFO(result.out << result.err);
      CHECK(result.exit_code == 3);
      CHECK(model.hits() == fault.hits);
      const json report = json::parse(result.out);
      REQUIRE(report["failures"].size() == 1);
      CHECK_THAT(report["failures"][0]["reason"].get<std::string>(), ContainsSubstring(fault.said));
      CHECK((report["tokens"] > 0) == fault.is_charged);
      CHECK((report["micro_usd"] > 0) == fault.is_charged);
      CHECK(report["model"]["stand_ins"] == 1);
      CHECK(report["proposals"].size() == 1);
    }
    CHECK(query_rows(kb.kb, "SELECT count(*) FROM model_call WHERE settled_at IS NULL") == "0|\n");
    // What is not charged for is booked at nothing.
    if (!fault.is_charged)
      CHECK(query_rows(kb.kb, "SELECT sum(tokens), sum(micro_usd) FROM model_call") == "0|0|\n");
    QuotingEndpoint endpoint;
    ModelServer well{std::ref(endpoint)};
    kb.configure_model(make_model_config(well));
    // An endpoint at another address is another request.
    CHECK(kb.json({"refresh"})["proposals"].size() == 1);
    CHECK(query_rows(kb.kb,
                  "SELECT count(*) FROM change WHERE state = 'waiting' AND proposal_id IN (SELECT id "
                  "FROM proposal WHERE is_stand_in)") == "0|\n");
  }
}

TEST_CASE("a failing endpoint is not asked for every entry there is") {
  TestKnowledgeBase kb;
  for (int i = 0; i < 12; ++i) {
    const std::string name = "Pumpwerk" + std::string(1, static_cast<char>('A' + i)) + "n";
    kb.add_stub("pumps/" + std::to_string(i), name, page_about(name));
  }
  EndpointResponse broken = with(200, "no JSON");
  ModelServer model{{broken}};
  kb.configure_model(make_model_config(model));
  const auto result = kb.run({"refresh", "--json"});
  CHECK(result.exit_code == 3);
  // Three in a row, and those that were under way with them.
  CHECK(model.hits() <= 3 + 4);
  CHECK(json::parse(result.out)["model"]["stand_ins"] == 12);
}
