// What the program tells of sources that are gone, move, or whose hosts want to be left alone.

#include <nlohmann/json.hpp>

#include "tests/support/catch.h"
#include "tests/support/loopback_server.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper::testing;

namespace {

struct Program {
  TemporaryFolder folder;
  LoopbackServer server;
  std::string kb = folder / "kb";

  Program() {
    REQUIRE(run_stubkeeper({"init", kb}).exit_code == 0);
    write_file(kb + "/stubkeeper.toml",
               "[fetch]\ndelay_ms = 0\nparallel_per_host = 1\nallow_addresses = [\"" +
                   server.host_and_port() + "\"]\n");
  }
  nlohmann::json json(std::vector<std::string> words) {
    words.insert(words.end(), {"--kb", kb, "--json"});
    const auto result = run_stubkeeper(words);
    INFO(result.out << result.err);
    auto parsed = nlohmann::json::parse(result.out, nullptr, false);
    REQUIRE_FALSE(parsed.is_discarded());
    return parsed;
  }
  std::string text(std::vector<std::string> words) {
    words.insert(words.end(), {"--kb", kb});
    return run_stubkeeper(words).out;
  }
};

}  // namespace

TEST_CASE("a gone source is named with the entries that lean on it and the address of an archived copy") {
  Program program;
  const std::string address = program.server.address("/a");
  program.server.answer("/a", ServerResponse{410, "", "", {}});
  REQUIRE(run_stubkeeper(
              {"source", "add", address, "--entry", "pumps/basel", "--title", "Pumpwerk", "--kb", program.kb})
              .exit_code == 0);
  const auto report = program.json({"refresh"});
  CHECK(report["sources"]["gone"][0] == address);
  CHECK(program.text({"source", "list"}).find("gone") != std::string::npos);

  const auto status = program.json({"status"});
  REQUIRE(status["gone"].size() == 1);
  CHECK(status["failing"].empty());
  CHECK(status["gone"][0]["entries"][0] == "pumps/basel");
  const std::string archived = status["gone"][0]["archived_copy"];
  CHECK(archived.starts_with("https://web.archive.org/web/20"));
  CHECK(archived.ends_with("/" + address));
  REQUIRE(status["flagged_entries"].size() == 1);
  CHECK(status["flagged_entries"][0]["entry"] == "pumps/basel");
  CHECK(status["flagged_entries"][0]["flag"] == "source-gone");

  const std::string people = program.text({"status"});
  CHECK(people.find("1 gone") != std::string::npos);
  CHECK(people.find(archived) != std::string::npos);
  CHECK(people.find("leaning on it: pumps/basel") != std::string::npos);
  const auto shown = program.json({"source", "show", "1"});
  CHECK(shown["state"] == "gone");
  CHECK(shown["archived_copy"] == archived);
  CHECK(program.text({"source", "show", "1"}).find("looked at again every 30 days") != std::string::npos);

  // Taken off the list by a person, it is no entry's sorrow any more.
  REQUIRE(run_stubkeeper({"source", "remove", "1", "--kb", program.kb}).exit_code == 0);
  program.json({"refresh"});
  CHECK(program.json({"status"})["flagged_entries"].empty());
}

TEST_CASE("a missing source tells how far it is from being called gone, and a moving one where to") {
  Program program;
  program.server.answer("/moved", ServerResponse{308, "", "", {{"Location", "/new"}}});
  program.server.serve_page("/new", "<title>New</title><main><p>Pumpwerk is a maker of pumps.</p></main>");
  REQUIRE(run_stubkeeper({"source", "add", program.server.address("/missing"),
                          program.server.address("/moved"), "--kb", program.kb})
              .exit_code == 0);
  program.json({"refresh"});
  const auto missing = program.json({"source", "show", "1"});
  CHECK(missing["state"] == "active");
  CHECK(missing["absences"] == 1);
  CHECK(missing["archived_copy"].get<std::string>().ends_with(program.server.address("/missing")));
  CHECK(program.text({"source", "show", "1"}).find("1 of 3 times") != std::string::npos);
  const auto moving = program.json({"source", "show", "2"});
  CHECK(moving["moving_to"]["address"] == program.server.address("/new"));
  CHECK(moving["moving_to"]["days_seen"] == 1);
  CHECK(moving["archived_copy"].is_null());
  CHECK(program.text({"source", "show", "2"}).find("seen on 1 of 3 days") != std::string::npos);
}

TEST_CASE("a host that asked for an hour is left alone by the next run of the program, forced or not") {
  Program program;
  program.server.answer("/1", ServerResponse{429, "", "", {{"Retry-After", "3600"}}});
  REQUIRE(run_stubkeeper({"source", "add", program.server.address("/1"), program.server.address("/2"), "--kb",
                          program.kb})
              .exit_code == 0);
  const auto first = program.json({"refresh"});
  CHECK(first["sources"]["postponed"] == 1);
  const auto second = program.json({"refresh", "--force"});
  CHECK(second["sources"]["postponed"] == 2);
  CHECK(second["failures"].empty());
  CHECK(program.server.hits("/1") == 1);
  CHECK(program.server.hits("/2") == 0);
  CHECK(program.json({"source", "show", "2"})["host_pause"]["reason"] == "answered 429 Too Many Requests");
  CHECK(program.text({"source", "show", "2"}).find("asked to be left alone until") != std::string::npos);
}

TEST_CASE("a page that shrank is named with the way out, and a command takes its short text") {
  Program program;
  std::string text;
  for (int hall = 0; hall < 40; ++hall)
    text += "<p>Hall " + std::to_string(hall) +
            " of Pumpwerk makes pumps for harbours and ships them by rail.</p>";
  program.server.serve_page("/a", "<title>Pumpwerk</title><main>" + text + "</main>");
  REQUIRE(run_stubkeeper(
              {"source", "add", program.server.address("/a"), "--entry", "pumps/basel", "--kb", program.kb})
              .exit_code == 0);
  program.json({"refresh"});
  CHECK(run_stubkeeper({"source", "accept", "1", "--kb", program.kb}).exit_code != 0);

  program.server.serve_page("/a", "<title>Pumpwerk</title><main><p>Pumpwerk makes pumps.</p></main>");
  const auto refused = program.json({"refresh", "--force"});
  REQUIRE(refused["failures"].size() == 1);
  CHECK(refused.dump().find("source accept 1") != std::string::npos);
  CHECK(program.json({"source", "show", "1"})["flags"][0]["name"] == "shrunken-text");

  CHECK(program.json({"source", "accept", "1"})["accepted"] == 1);
  CHECK(program.json({"refresh"})["failures"].empty());
  const auto shown = program.json({"source", "show", "1"});
  CHECK(shown["flags"].empty());
  CHECK(shown["failures"] == 0);
}
