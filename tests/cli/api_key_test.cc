// A canary for a key: it goes into the request's header and nowhere else.

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/quoting_model.h"

using namespace stubkeeper::testing;
namespace fs = std::filesystem;

namespace {

const std::string canary = "sk-canary-c0ffee-0123456789abcdef";

// The files below a folder that hold the bytes.
std::vector<std::string> find_files_containing(const std::string& folder, const std::string& bytes) {
  std::vector<std::string> found;
  for (const auto& item : fs::recursive_directory_iterator{folder})
    if (item.is_regular_file() && read_file(item.path().string()).find(bytes) != std::string::npos)
      found.push_back(item.path().string());
  return found;
}

// What other users of the machine can see of a process.
std::string read_process_data(int pid) {
  std::ifstream file{"/proc/" + std::to_string(pid) + "/cmdline"};
  return {std::istreambuf_iterator<char>{file}, {}};
}

// An endpoint that repeats the key in all that it says.
EndpointResponse make_leaking_answer(const EndpointRequest& request) {
  std::string key = request.headers.at(request.headers.contains("x-api-key") ? "x-api-key" : "authorization");
  key = key.substr(key.find(' ') + 1);
  EndpointResponse answer;
  answer.status = 400;
  answer.body = R"({"error":{"message":"your key )" + key + R"( is odd","type":")" + key + R"("}})";
  answer.headers = {{"x-request-id", "r-" + key}};
  return answer;
}

}  // namespace

TEST_CASE("a key from a variable or a command is sent and found nowhere else") {
  const TemporaryFolder elsewhere;
  write_file(elsewhere / "key", canary + "\n");
  const std::string from_file = "api_key_command = \"cat " + (elsewhere / "key") + "\"\n";
  const std::string price =
      "[[price]]\nhost = \"127.0.0.1\"\nmodel = \"*\"\ninput = 0\ncached_input = 0\ncache_write = 0\noutput "
      "= 0\n";
  for (const std::string provider : {"openai", "anthropic"}) {
    for (const bool by_command : {false, true}) {
      INFO(provider << (by_command ? " by a command" : " by a variable"));
      TestKnowledgeBase kb;
      if (!by_command) kb.variables["PUMP_KEY"] = canary;
      const auto section = [&](const ModelServer& model) {
        return "[model]\nprovider = \"" + provider + "\"\nname = \"quoting\"\nbase_url = \"" +
               model.address(provider == "openai" ? "/v1" : "") + "\"\n" +
               (by_command ? from_file : "api_key_env = \"PUMP_KEY\"\n") + price;
      };
      std::string said;
      const auto run = [&](const std::vector<std::string>& words) {
        const auto result = kb.run(words);
        said += result.out + result.err;
      };
      kb.add_stub("pumps/a", "Pumpwerk", page_about("Pumpwerk"));
      kb.add_stub("pumps/b", "Rotorwerk", page_about("Rotorwerk"));

      // An endpoint that repeats the key in its error.
      ModelServer odd{make_leaking_answer};
      kb.configure_model(section(odd));
      run({"doctor"});
      run({"doctor", "--json"});
      run({"refresh", "--verbose"});
      run({"refresh", "--json", "--force"});
      run({"status", "--verbose"});
      REQUIRE(odd.hits() > 0);
      const EndpointRequest asked = odd.requests().front();
      CHECK(asked.body.find(canary) == std::string::npos);
      CHECK(asked.path.find(canary) == std::string::npos);
      const auto& headers = asked.headers;
      CHECK(std::count_if(headers.begin(), headers.end(), [](const auto& header) {
              return header.second.find(canary) != std::string::npos;
            }) == 1);

      // A model that writes the key into its answer, with escapes.
      QuotingEndpoint repeating{[](const DraftingRequest& request) {
        auto answer = nlohmann::json::parse(quote_every_passage(request));
        answer["changes"][0]["reason"] = "the key is " + canary;
        answer["changes"][1]["text"] = "The key is sk\\u002d" + canary.substr(3) + " " + canary;
        return answer.dump();
      }};
      ModelServer model{std::ref(repeating)};
      kb.configure_model(section(model));
      run({"refresh"});
      run({"review", "list", "--json"});
      run({"review", "show", "1", "2", "3", "4"});
      run({"status", "--json"});
      CHECK(repeating.answers() == 2);

      // One that hangs, to look at the process and its open store meanwhile.
      std::string page = page_about("Pumpwerk");
      page.insert(page.find("</main>"), "<p>Pumpwerk moved its seat from Basel to Graz in May 2026.</p>");
      kb.server.serve_page("/pumps/a", page);
      EndpointResponse hanging;
      hanging.delivery = EndpointResponse::Delivery::hanging;
      ModelServer silent{{hanging}};
      kb.configure_model(section(silent));
      {
        RunningProgram program{stubkeeper_command({"refresh", "--force", "--verbose", "--kb", kb.kb}),
                               {"", kb.variables, ""}};
        silent.wait_for_hits(1);
        CHECK(read_process_data(program.pid()).find("refresh") != std::string::npos);
        CHECK(read_process_data(program.pid()).find(canary) == std::string::npos);
        CHECK(find_files_containing(kb.folder.path(), canary).empty());  // the write-ahead log among them
        program.signal(SIGTERM);
        const auto stopped = program.wait();
        said += stopped.out + stopped.err;
      }
      run({"review", "approve", "--all-unflagged"});
      run({"export"});
      run({"backup", kb.folder / "copy.sqlite"});
      CHECK(said.find("[key]") != std::string::npos);
      CHECK(said.find(canary) == std::string::npos);
      CHECK(find_files_containing(kb.folder.path(), canary).empty());
      CHECK(
          query_rows(kb.kb,
                  "SELECT count(*) FROM model_call WHERE detail LIKE '%canary%' OR provider_request_id LIKE "
                  "'%canary%'") == "0|\n");
      CHECK(query_rows(kb.kb, "SELECT count(*) FROM run WHERE report_json LIKE '%canary%'") == "0|\n");
    }
  }
}

TEST_CASE("a key that is missing or no key is an error that does not repeat it") {
  ModelServer model{{EndpointResponse{}}};
  TestKnowledgeBase kb;
  const auto configure = [&](const std::string& key) {
    kb.configure_model("[model]\nprovider = \"openai\"\nname = \"m\"\nbase_url = \"" + model.address("/v1") +
                       "\"\n" + key + "[budget]\nusd_per_run = \"none\"\n");
  };
  configure("api_key_env = \"PUMP_KEY\"\n");
  auto result = kb.run({"refresh"});
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.err, ContainsSubstring("PUMP_KEY is not set"));
  kb.variables["PUMP_KEY"] = canary + " and more";
  result = kb.run({"refresh"});
  CHECK(result.exit_code == 2);
  CHECK((result.out + result.err).find(canary) == std::string::npos);
  configure("api_key_command = \"echo '" + canary + "' >&2; exit 3\"\n");
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"refresh"}, {"refresh", "--json"}, {"doctor", "--verbose"}}) {
    result = kb.run(words);
    CHECK(result.exit_code == 1);
    CHECK((result.out + result.err).find(canary) == std::string::npos);
  }
  CHECK(model.hits() == 0);
}
