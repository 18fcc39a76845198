// The demonstration of scripts/quickstart with a model of every endpoint class in place of the extractive
// drafter. What the endpoints say was made by hand: tests/support/unreliable_model.h.

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/catch.h"
#include "tests/support/endpoint_classes.h"
#include "tests/support/loopback_server.h"
#include "tests/support/program.h"
#include "tests/support/program_steps.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper::testing;
using nlohmann::json;

namespace fs = std::filesystem;

namespace {

// The demonstration of scripts/quickstart, its web played by a loopback server.
struct Demo {
  TemporaryFolder folder;
  std::string kb = folder / "kb";
  std::string site = folder / "site";
  LoopbackServer server;

  Demo() {
    const std::string of_project = STUBKEEPER_SOURCE "/scripts/demo";
    fs::copy(of_project + "/site", site, fs::copy_options::recursive);
    serve("first");
    done({"init", kb, "--site", research()});
  }

  std::string research() const { return site + "/content/research"; }

  // Some months on ("second") the web is the same but for what it lists.
  void serve(const std::string& look) {
    const fs::path root = STUBKEEPER_SOURCE "/scripts/demo/web/" + look;
    int served = 0;
    for (const auto& file : fs::recursive_directory_iterator{root}) {
      if (!file.is_regular_file()) continue;
      const std::string path = "/" + fs::relative(file.path(), root).generic_string();
      const bool is_page = path.ends_with(".html");
      server.serve_page(path, read_file(file.path().string()),
                        is_page ? "text/html; charset=utf-8" : "application/xml");
      ++served;
    }
    REQUIRE(served > 0);
  }

  void add_sources() const {
    done({"import", "--kb", kb, research()});
    std::ifstream list{STUBKEEPER_SOURCE "/scripts/demo/sources.txt"};
    for (std::string line; std::getline(list, line);) {
      if (line.starts_with('#')) continue;
      std::istringstream words{line};
      std::string kind;
      std::string path;
      std::string entry;
      std::string title;
      words >> kind >> path >> entry >> std::ws;
      std::getline(words, title);
      std::vector<std::string> add{"source", "add", "--kb", kb, server.address("/" + path), "--type", kind};
      if (entry != "-") add.insert(add.end(), {"--entry", entry, "--title", title});
      done(add);
    }
  }

  void configure(const ModelServer& model, const EndpointClass& kind) const {
    write_file(kb + "/stubkeeper.toml", "[site]\ncontent = \"" + research() + "\"\n" +
                                            "[fetch]\ndelay_ms = 0\nallow_addresses = [\"" +
                                            server.host_and_port() + "\"]\n" + model_lines(model, kind, 1));
  }

  // By a person, who looks at nothing.
  void approve_everything() const {
    const auto listed =
        json::parse(run_stubkeeper({"review", "list", "--kb", kb, "--json"}).out, nullptr, false);
    REQUIRE_FALSE(listed.is_discarded());
    std::vector<std::string> approve{"review", "approve", "--kb", kb};
    for (const json& change : listed["changes"]) approve.push_back(std::to_string(change["id"].get<int>()));
    run_stubkeeper(approve);
  }
};

}  // namespace

TEST_CASE(
    "the demonstration through every endpoint class says its news twice a year and costs nothing else") {
  for (const EndpointClass& kind : endpoint_classes()) {
    INFO(kind.provider);
    Demo demo;
    UnreliableEndpoint played;
    demo.configure(played.server, kind);
    demo.add_sources();
    const json first = refreshed(demo.kb);
    check_spending(first, played.endpoint.tokens(), 1);
    CHECK(first["proposals"].size() >= 8);
    CHECK(flagged_in(first) > 0);
    // An entry whose name no source gives counts as what no quote bears out.
    CHECK(first["dropped_without_quote"] == played.writer.invented() + played.writer.attacks());
    CHECK(played.writer.attacks() > 0);
    CHECK(first["model"]["left_waiting"] == 0);

    // Even a person who takes everything brings no attack into the section.
    demo.approve_everything();
    done({"export", "--kb", demo.kb});
    int files = 0;
    for (const auto& file : fs::recursive_directory_iterator{demo.site}) {
      INFO(file.path());
      CHECK(file.path().string().find("stolen") == std::string::npos);
      if (!file.is_regular_file()) continue;
      ++files;
      CHECK_FALSE(holds_attack(read_file(file.path().string())));
    }
    CHECK(files > 10);

    const int answers = played.endpoint.answers();
    const json same = refreshed(demo.kb, true);
    CHECK(same["tokens"] == 0);
    CHECK(same["model"]["calls"] == 0);
    CHECK(played.endpoint.answers() == answers);

    const std::int64_t tokens = played.endpoint.tokens();
    demo.serve("second");
    const json later = refreshed(demo.kb, true);
    check_spending(later, played.endpoint.tokens() - tokens, 1);
    CHECK(later["proposals"].size() > 0);
    CHECK(later["proposals"].size() < first["proposals"].size());
    CHECK(later["tokens"] < first["tokens"]);
    const json after = refreshed(demo.kb, true);
    CHECK(after["model"]["calls"] == 0);
    CHECK(after["tokens"] == 0);
  }
}
