// Batches through the real program: submitted in one run, collected in a later one. The endpoint is played:
// tests/support/batch_endpoint.h.

#include <random>

#include "tests/cli/knowledge_base.h"
#include "tests/support/batch_endpoint.h"
#include "tests/support/catch.h"

using namespace stubkeeper::testing;
using nlohmann::json;

namespace {

struct Kind {
  std::string provider;
  std::string path;
};
const std::vector<Kind> kinds{{"openai", "/v1"}, {"openai-responses", "/v1"}, {"anthropic", ""}};

std::string configuration(const ModelServer& model, const Kind& kind) {
  return "[model]\nprovider = \"" + kind.provider + "\"\nname = \"quoting\"\nbase_url = \"" +
         model.address(kind.path) +
         "\"\n[[price]]\nhost = \"127.0.0.1\"\nmodel = \"*\"\ninput = 1000000\ncached_input = "
         "1000000\ncache_write = 1000000\noutput = 1000000\n";
}

void add_pumps(TestKnowledgeBase& kb, int count) {
  for (int i = 0; i < count; ++i) {
    const std::string name = "Pumpwerk" + std::string(1, static_cast<char>('A' + i)) + "n";
    kb.add_stub("pumps/" + std::to_string(i), name, page_about(name));
  }
}

std::string count(const TestKnowledgeBase& kb, const std::string& of) {
  const std::string row = query_rows(kb.kb, "SELECT count(*) FROM " + of);
  return row.substr(0, row.find('|'));
}

}  // namespace

TEST_CASE("a batch is submitted in one run and collected in a later one at half the price") {
  for (const Kind& kind : kinds) {
    INFO(kind.provider);
    BatchEndpoint endpoint;
    ModelServer model{std::ref(endpoint)};
    TestKnowledgeBase kb;
    kb.configure_model(configuration(model, kind));
    add_pumps(kb, 4);
    const json submitted = kb.json({"refresh", "--batch"});
    CHECK(submitted["model"]["batch"]["submitted"] == 4);
    CHECK(submitted["proposals"].empty());
    CHECK(endpoint.batches() == 1);
    CHECK(endpoint.live().answers() == 0);
    CHECK(count(kb, "model_call WHERE settled_at IS NULL") == "4");

    // Nothing is asked about what is with a batch, neither in a second one nor by calls.
    CHECK(kb.json({"refresh", "--batch", "--force"})["model"]["batch"]["open"] == 1);
    CHECK(kb.json({"refresh", "--force"})["model"]["batch"]["open"] == 1);
    CHECK(endpoint.batches() == 1);
    CHECK(endpoint.live().answers() == 0);

    endpoint.finish();
    const json collected = kb.json({"refresh"});
    CHECK(collected["model"]["batch"]["answered"] == 4);
    CHECK(collected["model"]["batch"]["open"] == 0);
    CHECK(collected["proposals"].size() == 4);
    CHECK(query_rows(kb.kb,
                  "SELECT sum(tokens), sum(micro_usd) * 2 - sum(tokens) BETWEEN 0 AND 8 FROM model_call") ==
          std::to_string(endpoint.tokens()) + "|1|\n");
    const json after = kb.json({"refresh", "--force"});
    CHECK(after["model"]["calls"] == 0);
    CHECK(after["model"]["batch"]["answered"] == 0);
    CHECK(endpoint.live().answers() == 0);
    // What each answer says stands at its own entry, though the results came in another order.
    CHECK(count(kb,
                "change JOIN proposal ON proposal.id = proposal_id JOIN entry ON entry.id = entry_id WHERE "
                "instr(new_text, title) = 0") == "0");
  }
}

TEST_CASE("what a batch did not answer costs nothing and is asked by the run that collects it") {
  for (const Kind& kind : kinds) {
    INFO(kind.provider);
    BatchEndpoint endpoint;
    ModelServer model{std::ref(endpoint)};
    TestKnowledgeBase kb;
    kb.configure_model(configuration(model, kind));
    add_pumps(kb, 5);
    kb.run_ok({"refresh", "--batch"});
    endpoint.finish({1}, {3});
    const json collected = kb.json({"refresh"});
    CHECK(collected["model"]["batch"]["answered"] == 3);
    CHECK(collected["model"]["batch"]["failed"] == 2);
    CHECK(collected["proposals"].size() == 5);
    CHECK(endpoint.live().answers() == 2);
    CHECK(count(kb, "model_call WHERE outcome = 'failed' AND tokens = 0 AND micro_usd = 0") == "2");
  }
}

namespace {

// A page whose one paragraph is cut in eight pieces, which two requests show, five and three.
std::string make_one_paragraph_page(const std::string& name) {
  std::string text;
  for (int i = 0; text.size() < 60'000; ++i)
    text += name + " delivered pump number " + std::to_string(i) +
            " to a works of its own in the city of Vienna. ";
  return "<html><head><title>" + name + "</title></head><body><main><p>" + text + "</p></main></body></html>";
}

}  // namespace

TEST_CASE(
    "pieces of one passage that a batch answered in part are asked for again without those it answered") {
  for (const Kind& kind : kinds) {
    for (const bool expired : {false, true}) {
      INFO(kind.provider << (expired ? ": expired" : ": failed"));
      BatchEndpoint endpoint;
      ModelServer model{std::ref(endpoint)};
      TestKnowledgeBase kb;
      kb.configure_model(configuration(model, kind));
      kb.add_stub("pumps/long", "Langwerk", make_one_paragraph_page("Langwerk"));
      CHECK(kb.json({"refresh", "--batch"})["model"]["batch"]["submitted"] == 2);
      endpoint.finish(expired ? std::set<std::size_t>{} : std::set<std::size_t>{1},
                      expired ? std::set<std::size_t>{1} : std::set<std::size_t>{});
      const json collected = kb.json({"refresh"});
      CHECK(collected["model"]["batch"]["answered"] == 1);
      CHECK(collected["model"]["batch"]["failed"] == 1);
      // The kept answer is taken, the other half asked for.
      CHECK(endpoint.live().answers() == 1);
      CHECK(count(kb, "change") == "8");
      CHECK(count(kb, "(SELECT DISTINCT new_text FROM change)") == "8");
      CHECK(kb.json({"refresh", "--force"})["model"]["calls"] == 0);
      CHECK(endpoint.live().answers() == 1);
      CHECK(count(kb, "routing WHERE drafted_in_run_id IS NULL") == "0");
    }
  }
}

TEST_CASE("pieces of one passage that a batch answered are all drafted from") {
  BatchEndpoint endpoint;
  ModelServer model{std::ref(endpoint)};
  TestKnowledgeBase kb;
  kb.configure_model(configuration(model, kinds[0]));
  kb.add_stub("pumps/long", "Langwerk", make_one_paragraph_page("Langwerk"));
  add_pumps(kb, 1);
  CHECK(kb.json({"refresh", "--batch"})["model"]["batch"]["submitted"] == 3);
  endpoint.finish();
  CHECK(kb.json({"refresh"})["model"]["batch"]["answered"] == 3);
  CHECK(count(kb,
              "change JOIN proposal ON proposal.id = proposal_id JOIN entry ON entry.id = entry_id "
              "WHERE path = 'pumps/long'") == "8");
  CHECK(kb.json({"refresh", "--force"})["model"]["calls"] == 0);
  CHECK(endpoint.live().answers() == 0);
}

TEST_CASE("a piece for which a batch had no budget left is asked for by the run that collects the others") {
  BatchEndpoint endpoint;
  ModelServer model{std::ref(endpoint)};
  TestKnowledgeBase kb;
  kb.add_stub("pumps/long", "Langwerk", make_one_paragraph_page("Langwerk"));
  // Room for the first request alone.
  kb.configure_model(configuration(model, kinds[0]) + "[budget]\ntokens_per_run = 75000\n");
  CHECK(kb.json({"refresh", "--batch"})["model"]["batch"]["submitted"] == 1);
  endpoint.finish();
  kb.configure_model(configuration(model, kinds[0]));
  CHECK(kb.json({"refresh"})["model"]["batch"]["answered"] == 1);
  CHECK(endpoint.live().answers() == 1);
  CHECK(count(kb, "change") == "8");
}

TEST_CASE("a link that a batch answered leads to the entry that the request numbered") {
  BatchEndpoint endpoint{[](const DraftingRequest& request) {
    json answer = json::parse(quote_every_passage(request));
    json link = answer["changes"].back();
    link["kind"] = "link_entry";
    link["name"] = "e1";
    link["text"] = "It is a neighbour of Brinewerk.";
    answer["changes"] = json::array({link});
    return answer.dump();
  }};
  ModelServer model{std::ref(endpoint)};
  TestKnowledgeBase kb;
  kb.configure_model(configuration(model, kinds[0]));
  const auto add = [&](const std::string& name, const std::string& title) {
    write_file(kb.folder / ("section/pumps/" + name + ".md"),
               "---\ntitle: " + title + "\n---\n\n## Summary\n\nA works.\n");
    kb.run_ok({"import", kb.folder / "section"});
  };
  add("brinewerk", "Brinewerk");
  kb.add_stub("pumps/long", "Pumpwerk", page_about("Pumpwerk"));
  CHECK(kb.json({"refresh", "--batch"})["model"]["batch"]["submitted"] == 1);
  // Another neighbour comes first by now.
  add("abendwerk", "Abendwerk");
  endpoint.finish();
  CHECK(kb.json({"refresh"})["model"]["batch"]["answered"] == 1);
  CHECK_THAT(query_rows(kb.kb, "SELECT new_text FROM change WHERE kind = 'link entry'"),
             ContainsSubstring("brinewerk.md") && !ContainsSubstring("abendwerk"));
}

TEST_CASE("a submission whose answer was lost is found at the endpoint and not sent again") {
  for (const Kind& kind : kinds) {
    INFO(kind.provider);
    BatchEndpoint endpoint;
    ModelServer model{std::ref(endpoint)};
    TestKnowledgeBase kb;
    kb.configure_model(configuration(model, kind));
    add_pumps(kb, 3);
    endpoint.lose_answers(true);
    CHECK(kb.run({"refresh", "--batch"}).exit_code == 3);
    endpoint.lose_answers(false);
    CHECK(endpoint.batches() == 1);
    CHECK(count(kb, "model_batch WHERE state = 'submitting'") == "1");
    kb.run_ok({"refresh", "--batch"});
    endpoint.finish();
    CHECK(kb.json({"refresh", "--batch"})["proposals"].size() == 3);
    CHECK(endpoint.batches() == 1);
    CHECK(endpoint.live().answers() == 0);
  }
}

TEST_CASE(
    "a submission that never arrived is forgotten after a while and its passages are asked about again") {
  BatchEndpoint endpoint;
  ModelServer model{std::ref(endpoint)};
  TestKnowledgeBase kb;
  kb.configure_model(configuration(model, kinds[0]));
  add_pumps(kb, 2);
  kb.run_ok({"refresh", "--batch"});
  // As if the run had died right before it sent the submission.
  query_rows(kb.kb, "UPDATE model_batch SET state = 'submitting', remote_id = '', label = 'stubkeeper-other'");
  CHECK(kb.json({"refresh"})["model"]["batch"]["open"] == 1);
  CHECK(endpoint.live().answers() == 0);
  query_rows(kb.kb, "UPDATE model_batch SET noted_at = noted_at - 3600000");
  CHECK(kb.json({"refresh"})["proposals"].size() == 2);
  CHECK(endpoint.live().answers() == 2);
  CHECK(count(kb, "model_call WHERE outcome = 'failed' AND tokens = 0") == "2");
}

TEST_CASE("a refused submission leaves nothing reserved") {
  BatchEndpoint endpoint;
  ModelServer model{std::ref(endpoint)};
  TestKnowledgeBase kb;
  kb.configure_model(configuration(model, kinds[2]));
  add_pumps(kb, 2);
  endpoint.refuse(true);
  const auto refused = kb.run({"refresh", "--batch", "--json"});
  CHECK(refused.exit_code == 3);
  CHECK(json::parse(refused.out)["model"]["left_waiting"] == 2);
  CHECK(query_rows(kb.kb, "SELECT sum(tokens), sum(micro_usd) FROM model_call WHERE settled_at IS NOT NULL") ==
        "0|0|\n");
  CHECK(kb.json({"refresh"})["proposals"].size() == 2);
}

TEST_CASE("a batch keeps within the budget and is refused where nobody would answer it") {
  BatchEndpoint endpoint;
  ModelServer model{std::ref(endpoint)};
  TestKnowledgeBase kb;
  add_pumps(kb, 3);
  CHECK(kb.run({"refresh", "--batch"}).exit_code == 2);
  kb.configure_model(configuration(model, {"ollama", ""}));
  CHECK_THAT(kb.run({"refresh", "--batch"}).err, ContainsSubstring("no batches"));
  kb.configure_model(configuration(model, kinds[0]) + "[budget]\ntokens_per_run = 100\n");
  const json report = kb.json({"refresh", "--batch"});
  CHECK(report["model"]["batch"]["submitted"] == 0);
  CHECK_THAT(report["model"]["out_of_budget"].get<std::string>(), ContainsSubstring("tokens_per_run"));
  CHECK(endpoint.batches() == 0);
  CHECK(count(kb, "model_call") == "0");
}

TEST_CASE("a batch survives a kill between any two of its steps") {
  for (const Kind& kind : {kinds[0], kinds[2]}) {
    INFO(kind.provider);
    std::mt19937 random{20261125};
    std::uniform_int_distribution<long> point{0, 400'000};
    for (int i = 0; i < 6; ++i) {
      BatchEndpoint endpoint;
      ModelServer model{std::ref(endpoint)};
      TestKnowledgeBase kb;
      kb.configure_model(configuration(model, kind));
      add_pumps(kb, 3);
      int tries = 0;
      // Killed while it submits and while it collects, until all is there.
      while (count(kb, "proposal") != "3" && tries++ < 20) {
        const long at = point(random);
        kill_stubkeeper_after({"refresh", "--batch", "--kb", kb.kb}, at);
        check_integrity(kb.kb);
        if (tries % 2 == 0) kb.run_ok({"refresh", "--batch"});
        endpoint.finish();
        // Time passes between runs: what never arrived is known not to come.
        query_rows(kb.kb, "UPDATE model_batch SET noted_at = noted_at - 3600000 WHERE state <> 'over'");
      }
      CHECK(count(kb, "proposal") == "3");
      CHECK(count(kb, "model_call WHERE settled_at IS NULL") == "0");
      for (const auto& [body, times] : endpoint.submitted()) CHECK(times == 1);
      CHECK(std::stol(query_rows(kb.kb, "SELECT sum(tokens) FROM model_call")) >= endpoint.tokens());
    }
  }
}
