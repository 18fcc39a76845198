// Refreshes by a model, with the real program against loopback endpoints. What the endpoints say was made by
// hand: tests/support/quoting_model.h.

#include <csignal>

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/quoting_model.h"

using namespace stubkeeper::testing;
using nlohmann::json;

namespace {

struct EndpointClass {
  std::string provider;
  std::string path;  // of the base address
};

const std::vector<EndpointClass> endpoint_classes{
    {"openai", "/v1"}, {"openai-responses", "/v1"}, {"ollama", ""}, {"anthropic", ""}};

const std::string free_of_charge =
    "[[price]]\nhost = \"127.0.0.1\"\nmodel = \"*\"\ninput = 0\ncached_input = 0\ncache_write = 0\noutput = "
    "0\n";
// $1 a million tokens of input, $4 of output.
const std::string priced =
    "[[price]]\nhost = \"127.0.0.1\"\nmodel = \"*\"\ninput = 1000000\ncached_input = 1000000\ncache_write = "
    "1000000\noutput = 4000000\n";

std::string model_section(const ModelServer& model, const EndpointClass& kind = endpoint_classes[0],
                          const std::string& more = "") {
  return "[model]\nprovider = \"" + kind.provider + "\"\nname = \"quoting\"\nbase_url = \"" +
         model.address(kind.path) + "\"\n" + more;
}

// Stubs with a page each.
void add_pumps(TestKnowledgeBase& kb, int count) {
  for (int i = 0; i < count; ++i) {
    const std::string name = "Pumpwerk" + std::string(1, static_cast<char>('A' + i)) + "n";
    kb.add_stub("pumps/" + std::to_string(i), name, page_about(name));
  }
}

std::string drafters(const TestKnowledgeBase& kb) {
  return query_rows(kb.kb,
                 "SELECT DISTINCT drafter FROM proposal WHERE id IN (SELECT proposal_id FROM change WHERE "
                 "state = 'waiting') ORDER BY 1");
}

EndpointResponse played(int status, const std::string& body) {
  EndpointResponse answer;
  answer.status = status;
  answer.body = body;
  answer.headers = {{"retry-after-ms", "1"}};
  return answer;
}

}  // namespace

TEST_CASE(
    "a refresh by a model of every endpoint class proposes within the budget and the second asks nothing") {
  for (const EndpointClass& kind : endpoint_classes) {
    INFO(kind.provider);
    QuotingEndpoint endpoint;
    ModelServer model{std::ref(endpoint)};
    TestKnowledgeBase kb;
    kb.configure_model(model_section(model, kind) + priced);
    add_pumps(kb, 5);
    const json report = kb.json({"refresh"});
    CHECK(report["proposals"].size() == 5);
    CHECK(report["tokens"] == endpoint.tokens());
    CHECK(report["tokens"] < 400'000);
    CHECK(report["micro_usd"] > 0);
    CHECK(report["micro_usd"] < 1'000'000);
    CHECK(report["model"]["calls"] == 5);
    CHECK(report["model"]["left_waiting"] == 0);
    CHECK(report["dropped_without_quote"] == 0);
    CHECK(model.hits() == 5);
    CHECK_THAT(drafters(kb), ContainsSubstring("quoting (") && ContainsSubstring(", prompt "));

    const json second = kb.json({"refresh", "--force"});
    CHECK(second["tokens"] == 0);
    CHECK(second["model"]["calls"] == 0);
    CHECK(model.hits() == 5);
    const json status = kb.json({"status"});
    CHECK(status["spent"]["today"]["tokens"] == endpoint.tokens());
    CHECK(status["waiting"]["entries_to_draft"] == 0);
  }
}

TEST_CASE("calls for several entries are under way at once and no more than are allowed") {
  QuotingEndpoint endpoint;
  ModelServer model{std::ref(endpoint)};
  model.hold_until(3);
  TestKnowledgeBase kb;
  kb.configure_model(model_section(model, endpoint_classes[0], "parallel = 3\n") + free_of_charge);
  add_pumps(kb, 6);
  CHECK(kb.json({"refresh"})["proposals"].size() == 6);
  CHECK(model.max_concurrent_requests() == 3);
}

TEST_CASE("what a model invents is dropped and what its quote does not say is flagged") {
  QuotingEndpoint endpoint{[](const DraftingRequest& request) {
    json answer = json::parse(quote_every_passage(request));
    json& changes = answer["changes"];
    changes[0]["quotes"][0]["text"] = "Pumpwerk is the best maker of pumps there ever was.";
    changes[1]["text"] = "Pumpwerk delivered 9,999 pumps to Vienna.";
    return answer.dump();
  }};
  ModelServer model{std::ref(endpoint)};
  TestKnowledgeBase kb;
  kb.configure_model(model_section(model) + free_of_charge);
  add_pumps(kb, 1);
  const json report = kb.json({"refresh"});
  CHECK(report["dropped_without_quote"] == 1);
  CHECK(report["proposals"][0]["changes"] == 3);
  CHECK_THAT(kb.run({"review", "list", "--flag", "number-not-in-quote"}).out, ContainsSubstring("9,999"));
}

TEST_CASE("a model without a known price is refused under a limit in dollars before anything is fetched") {
  ModelServer model{{played(200, "{}")}};
  TestKnowledgeBase kb;
  kb.configure_model(model_section(model));
  add_pumps(kb, 1);
  const auto refused = kb.run({"refresh"});
  CHECK(refused.exit_code == 1);
  CHECK_THAT(refused.err, ContainsSubstring("price") && ContainsSubstring("[[price]]"));
  CHECK(model.hits() == 0);
  CHECK(kb.server.hits("/pumps/0") == 0);
  CHECK(kb.run({"refresh", "--dry-run"}).exit_code == 0);
  const json doctor = kb.json({"doctor"});
  CHECK(doctor["model"]["price_known"] == false);
  CHECK(doctor["problems"].size() == 1);
  // Who lifts the limits does not need to know the price.
  kb.configure_model(model_section(model) + "[budget]\nusd_per_run = \"none\"\n");
  CHECK(kb.run({"doctor"}).exit_code == 0);
}

TEST_CASE(
    "where the budget of a run is spent the rest is drafted by the fallback until a later run gets to it") {
  QuotingEndpoint endpoint;
  ModelServer model{std::ref(endpoint)};
  const std::string section =
      model_section(model, endpoint_classes[0], "max_output_tokens = 1000\n") + priced;
  // The bound of a call fits, and what is left after it does not reach for a second one.
  TestKnowledgeBase unlimited;
  add_pumps(unlimited, 1);
  unlimited.configure_model(section);
  unlimited.run_ok({"refresh"});
  const long cap = std::stol(query_rows(unlimited.kb, "SELECT bound_tokens + tokens / 2 FROM model_call"));

  TestKnowledgeBase kb;
  add_pumps(kb, 4);
  const int before = model.hits();
  kb.configure_model(section + "[budget]\ntokens_per_run = " + std::to_string(cap) + "\n");
  const auto first = kb.json({"refresh"});
  REQUIRE(model.hits() == before + 1);
  CHECK(first["tokens"] <= cap);
  CHECK_THAT(first["model"]["out_of_budget"].get<std::string>(), ContainsSubstring("budget.tokens_per_run"));
  CHECK(first["model"]["left_waiting"] == 3);
  CHECK(first["model"]["stand_ins"] == 3);
  CHECK(first["proposals"].size() == 4);
  CHECK_THAT(drafters(kb), ContainsSubstring("extractive, in place of quoting"));
  // What stands in is not drafted a second time.
  const auto second = kb.json({"refresh", "--force"});
  CHECK(second["model"]["stand_ins"] == 0);
  CHECK(second["model"]["left_waiting"] == 2);
  CHECK(second["proposals"].size() == 1);
  for (int run = 0; run < 2; ++run) CHECK(kb.json({"refresh"})["tokens"] <= cap);
  CHECK(model.hits() == before + 4);
  // The model's changes took the place of what was proposed meanwhile.
  CHECK_THAT(drafters(kb), !ContainsSubstring("extractive"));
  CHECK(kb.json({"refresh", "--force"})["model"]["calls"] == 0);
}

TEST_CASE("without a fallback the passages wait for the model") {
  ModelServer broken{{played(401, R"({"error":{"message":"no such key"}})")}};
  TestKnowledgeBase kb;
  add_pumps(kb, 3);
  kb.configure_model(model_section(broken, endpoint_classes[0], "fallback = \"none\"\n") + free_of_charge);
  const auto failed = kb.run({"refresh", "--json"});
  CHECK(failed.exit_code == 3);
  const json report = json::parse(failed.out);
  CHECK(report["proposals"].empty());
  CHECK(report["model"]["left_waiting"] == 3);
  CHECK(report["model"]["stand_ins"] == 0);
  CHECK_THAT(report["model"]["given_up"].get<std::string>(), ContainsSubstring("no such key"));
  // Said once, not for every entry.
  CHECK(report["failures"].size() == 1);
  CHECK(kb.json({"status"})["waiting"]["entries_to_draft"] == 3);

  QuotingEndpoint endpoint;
  ModelServer model{std::ref(endpoint)};
  kb.configure_model(model_section(model) + free_of_charge);
  CHECK(kb.json({"refresh"})["proposals"].size() == 3);
}

TEST_CASE("a knowledge base that goes back to extractive drafts keeps what stood in for the model") {
  ModelServer broken{{played(401, "{}")}};
  TestKnowledgeBase kb;
  add_pumps(kb, 1);
  kb.configure_model(model_section(broken) + free_of_charge);
  CHECK(kb.run({"refresh"}).exit_code == 3);
  kb.configure_model("");
  CHECK(kb.json({"refresh"})["proposals"].empty());
  CHECK(kb.json({"status"})["waiting"]["entries_to_draft"] == 0);
  CHECK_THAT(drafters(kb), ContainsSubstring("extractive, in place of"));
}

TEST_CASE("a refusal is recorded and the request not repeated") {
  ModelServer model{{played(
      200,
      json{{"choices", json::array({{{"message", {{"refusal", "I will not."}}}, {"finish_reason", "stop"}}})},
           {"usage", {{"prompt_tokens", 50}, {"completion_tokens", 5}}}}
          .dump())}};
  TestKnowledgeBase kb;
  add_pumps(kb, 2);
  kb.configure_model(model_section(model) + free_of_charge);
  const json report = kb.json({"refresh"});
  CHECK(report["model"]["refusals"] == 2);
  CHECK(report["tokens"] == 110);
  CHECK(query_rows(kb.kb, "SELECT count(*) FROM model_answer WHERE verdict = 'refused'") == "2|\n");
  CHECK(kb.json({"refresh", "--force"})["model"]["calls"] == 0);
  CHECK(model.hits() == 2);
}

TEST_CASE("what a model answers in no valid form is asked twice in all its life") {
  QuotingEndpoint endpoint{[](const DraftingRequest&) { return std::string{"I think so."}; }};
  ModelServer model{std::ref(endpoint)};
  TestKnowledgeBase kb;
  add_pumps(kb, 1);
  kb.configure_model(model_section(model) + free_of_charge);
  const auto first = kb.run({"refresh"});
  CHECK(first.exit_code == 3);
  CHECK_THAT(first.out, ContainsSubstring("not valid"));
  CHECK_THAT(drafters(kb), ContainsSubstring("extractive, in place of"));
  CHECK(model.hits() == 2);
  const auto second = kb.run({"refresh"});
  CHECK(second.exit_code == 0);
  CHECK_THAT(second.out, ContainsSubstring("left out"));
  CHECK(model.hits() == 2);
}

TEST_CASE("a run that is asked to stop books the calls under way and the next one takes up the work") {
  for (const int signal : {SIGINT, SIGTERM}) {
    QuotingEndpoint endpoint;
    EndpointResponse hanging;
    hanging.delivery = EndpointResponse::Delivery::hanging;
    TestKnowledgeBase kb;
    add_pumps(kb, 3);
    {
      ModelServer model{{hanging}};
      kb.configure_model(model_section(model, endpoint_classes[0], "parallel = 2\n") + priced);
      RunningProgram program{stubkeeper_command({"refresh", "--kb", kb.kb})};
      model.wait_for_hits(2);
      program.signal(signal);
      const auto stopped = program.wait();
      CHECK(stopped.exit_code == 3);
      CHECK_THAT(stopped.out, ContainsSubstring("stopped"));
      CHECK(model.hits() == 2);
    }
    CHECK(query_rows(kb.kb, "SELECT count(*) FROM model_call WHERE settled_at IS NULL") == "0|\n");
    CHECK(query_rows(kb.kb,
                  "SELECT count(*) FROM model_call WHERE tokens = bound_tokens AND outcome = 'failed'") ==
          "2|\n");
    ModelServer model{std::ref(endpoint)};
    kb.configure_model(model_section(model) + priced);
    CHECK(kb.json({"refresh"})["proposals"].size() == 3);
  }
}

TEST_CASE(
    "a model is told which kinds of change a person refused and what it proposes of them is not stored") {
  std::vector<std::string> inputs;
  QuotingEndpoint endpoint{[&](const DraftingRequest& request) {
    inputs.push_back(request.input);
    json answer = json::parse(quote_every_passage(request));
    json entry = answer["changes"].back();
    entry["kind"] = "new_entry";
    entry["label"] = "company";
    // A name out of the quote: its first word.
    entry["name"] = entry["text"].get<std::string>().substr(0, entry["text"].get<std::string>().find(' '));
    answer["changes"].push_back(entry);
    return answer.dump();
  }};
  ModelServer model{std::ref(endpoint)};
  TestKnowledgeBase kb;
  kb.configure_model(model_section(model) + free_of_charge);
  kb.add_stub("pumps/works", "Pumpwerk", page_about("Sulzberg"));
  kb.json({"refresh"});
  const auto id_of = [&](const std::string& kind) {
    const std::string row = query_rows(kb.kb, "SELECT id FROM change WHERE kind = '" + kind + "' LIMIT 1");
    return row.substr(0, row.find_first_of("|\n"));
  };
  REQUIRE(inputs.size() == 1);
  CHECK(inputs[0].find("Not wanted") == std::string::npos);
  REQUIRE_FALSE(id_of("new entry").empty());
  kb.run_ok({"review", "never", id_of("add fact"), "--kind", "--everywhere"});
  kb.run_ok({"review", "never", id_of("new entry"), "--kind", "--everywhere"});
  const std::string before = query_rows(kb.kb, "SELECT count(*) FROM change");

  kb.add_stub("pumps/other", "Other Pumpwerk", page_about("Kriens"));
  const json report = kb.json({"refresh"});
  REQUIRE(inputs.size() == 2);
  CHECK_THAT(inputs[1],
             ContainsSubstring("\nNot wanted for this entry, whatever the passages say: `add_fact`, "
                               "`new_entry`.\n"));
  CHECK(report["turned_down_before"] >= 2);
  CHECK(query_rows(kb.kb, "SELECT count(*) FROM change") == before);
}
