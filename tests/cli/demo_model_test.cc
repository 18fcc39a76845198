// The demonstration of scripts/quickstart with a model of every endpoint class in place of the extractive
// drafter. What the endpoints say was made by hand: tests/support/unreliable_model.h.

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/catch.h"
#include "tests/support/demonstration.h"
#include "tests/support/endpoint_classes.h"
#include "tests/support/program.h"
#include "tests/support/program_steps.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper::testing;
using nlohmann::json;

namespace fs = std::filesystem;

namespace {

struct ModelDemo {
  Demonstration demo;
  std::string kb = demo.kb();

  void configure(const ModelServer& model, const EndpointClass& kind) const {
    write_file(kb + "/stubkeeper.toml", "[site]\ncontent = \"" + demo.research() + "\"\n" +
                                            "[fetch]\ndelay_ms = 0\nallow_addresses = [\"" +
                                            demo.server().host_and_port() + "\"]\n" +
                                            model_lines(model, kind, 1));
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
    ModelDemo model;
    UnreliableEndpoint played;
    model.configure(played.server, kind);
    model.demo.import_and_add_sources();
    const json first = refresh_report(model.kb);
    check_spending(first, played.endpoint.tokens(), 1);
    CHECK(first["proposals"].size() >= 8);
    CHECK(flagged_in(first) > 0);
    // An entry whose name no source gives counts as what no quote bears out.
    CHECK(first["dropped_without_quote"] == played.writer.invented() + played.writer.attacks());
    CHECK(played.writer.attacks() > 0);
    CHECK(first["model"]["left_waiting"] == 0);

    // Even a person who takes everything brings no attack into the section.
    model.approve_everything();
    model.demo.run_ok({"export"});
    int files = 0;
    for (const auto& file : fs::recursive_directory_iterator{model.demo.site()}) {
      INFO(file.path());
      CHECK(file.path().string().find("stolen") == std::string::npos);
      if (!file.is_regular_file()) continue;
      ++files;
      CHECK_FALSE(contains_attack(read_file(file.path().string())));
    }
    CHECK(files > 10);

    const int answers = played.endpoint.answers();
    const json same = refresh_report(model.kb, true);
    CHECK(same["tokens"] == 0);
    CHECK(same["model"]["calls"] == 0);
    CHECK(played.endpoint.answers() == answers);

    const std::int64_t tokens = played.endpoint.tokens();
    model.demo.serve_second_refresh();
    const json later = refresh_report(model.kb, true);
    check_spending(later, played.endpoint.tokens() - tokens, 1);
    CHECK(later["proposals"].size() > 0);
    CHECK(later["proposals"].size() < first["proposals"].size());
    CHECK(later["tokens"] < first["tokens"]);
    const json after = refresh_report(model.kb, true);
    CHECK(after["model"]["calls"] == 0);
    CHECK(after["tokens"] == 0);
  }
}
