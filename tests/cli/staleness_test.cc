// Why an entry is stale, and the ways out.

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper::testing;

namespace {

// Imported entries that are past their review date: one whose second source answers 404, one without sources, one
// whose source says nothing new.
struct StaleSection : TestKnowledgeBase {
  StaleSection() {
    server.serve_page("/good", page_about("Pumpwerk Basel"));
    write_entry("failing", {"/good", "/missing"});
    write_entry("lonely", {});
    write_entry("quiet", {"/good"});
    run_ok({"import", site});
  }
  void write_entry(const std::string& name, const std::vector<std::string>& paths) {
    std::string page =
        "---\ntitle: \"" + name + "\"\nlast_reviewed: 2020-01-01\nstale_after_days: 30\nsource_urls:";
    if (paths.empty()) page += " []";
    for (const std::string& path : paths) page += "\n  - \"" + server.address(path) + "\"";
    write_file(site + "/" + name + ".md", page + "\n---\n\nPumpwerk Basel is a maker of pumps in Basel.\n");
  }
  std::string stale(const std::string& entry) {
    const auto status = json({"status"});
    for (const auto& line : status["stale"])
      if (line["entry"] == entry) return line["waits_for"];
    return "fresh";
  }
};

}  // namespace

TEST_CASE("status says what each stale entry waits for, and the way out") {
  StaleSection base;
  CHECK(base.stale("quiet") == "unvisited-source");
  base.run({"refresh"});
  CHECK(base.stale("failing") == "failing-source");
  CHECK(base.stale("lonely") == "no-sources");
  CHECK(base.stale("quiet") == "review");
  const auto all = base.run_ok({"status", "--stale"}).out;
  CHECK(all.find("source add ADDRESS --entry lonely") != std::string::npos);
  CHECK(all.find("/missing), one of 2 sources, fails") != std::string::npos);
  CHECK(all.find("review --entry quiet") != std::string::npos);
  CHECK(base.run_ok({"status"})
            .out.find("3 past their review date: 1 waiting for your review, 1 without sources, 1 "
                      "by a failing source") != std::string::npos);
  CHECK(base.run_ok({"status", "lonely"}).out.find("has no sources") != std::string::npos);
  CHECK(base.json({"status", "lonely"})["stale"]["waits_for"] == "no-sources");
}

TEST_CASE("where only answering sources count, a failing one does not keep an entry stale") {
  for (const std::string recheck : {"\"answering\"", "0.5"}) {
    StaleSection base;
    base.configure_model("recheck = " + recheck);
    base.run({"refresh"});
    CHECK(base.stale("failing") == "review");
    const auto shown = base.run_ok({"review", "list", "--entry", "failing"}).out;
    CHECK(shown.find("rechecked") != std::string::npos);
  }
  StaleSection base;
  base.configure_model("recheck = 0.6");
  base.run({"refresh"});
  CHECK(base.stale("failing") == "failing-source");
  base.configure_model("recheck = \"most\"");
  const auto refused = base.run({"status"});
  CHECK(refused.exit_code == 2);
  CHECK(refused.err.find("\"answering\"") != std::string::npos);
}

TEST_CASE("reviewed sets the date in a person's name, for all entries that it names or for none") {
  StaleSection base;
  CHECK(base.run({"reviewed", "lonely", "nobody"}).exit_code != 0);
  CHECK(base.stale("lonely") == "no-sources");
  base.run_ok({"reviewed", "lonely", "--note", "asked their press office"});
  CHECK(base.stale("lonely") == "fresh");
  const auto history = base.run_ok({"history", "lonely"}).out;
  CHECK(history.find("jane") != std::string::npos);
  CHECK(history.find("reviewed: asked their press office") != std::string::npos);
  base.run_ok({"export"});
  CHECK(read_file(base.site + "/lonely.md").find("last_reviewed: 2020-01-01") == std::string::npos);
}
