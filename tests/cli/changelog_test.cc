// The changelog of a section on disk: a line for an approved change, beside what its owner writes there.

#include <filesystem>

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper::testing;

namespace {

const std::string own_line = "- **2026-01-02:** Created [Graz]({{< relref \"pumps/graz.md\" >}}) — pumps.\n";

// A section with an entry whose source has news, proposed and not decided on.
struct NewsOfGraz {
  TestKnowledgeBase base;
  std::string log = base.site + "/changelog/index.md";

  NewsOfGraz() {
    write_file(
        base.site + "/pumps/graz.md",
        "---\ntitle: \"Pumpwerk Graz\"\nlastmod: 2026-01-02\nlast_reviewed: 2026-01-02\nsource_urls:\n  - \"" +
            base.server.address("/graz") +
            "\"\n---\n\n## Summary\n\nPumpwerk Graz repairs pumps.\n\n## Notable "
            "Developments\n\n- **2025-01:** Old.\n\n## Sources\n\n- [" +
            base.server.address("/graz") + "](" + base.server.address("/graz") + ")\n");
    write_file(log, "---\ntitle: \"Changelog\"\nlastmod: 2026-01-02\n---\n\n" + own_line);
    base.run_ok({"import", base.site});
    base.server.serve_page("/graz", page("Pumpwerk Graz repairs pumps."));
    base.run_ok({"refresh"});
    base.server.serve_page(
        "/graz", page("Pumpwerk Graz repairs pumps.</p><p>Pumpwerk Graz opened a works in Linz with "
                      "40 people on 3 November 2026."));
    base.run_ok({"refresh", "--force"});
  }
  static std::string page(const std::string& text) {
    return "<title>Pumpwerk Graz</title><meta property=article:published_time content=2026-11-04><main><p>" +
           text + "</p></main>";
  }
  std::string development() {
    const auto waiting = base.json({"review", "list"});
    for (const auto& change : waiting["changes"])
      if (change["kind"] == "add development") return std::to_string(change["id"].get<int>());
    FAIL("no development is proposed");
    return "";
  }
};

}  // namespace

TEST_CASE("approve, export and undo write and take out the changelog's line on disk, beside lines by hand") {
  NewsOfGraz graz;
  const std::string before = read_file(graz.log);
  const std::string change = graz.development();
  graz.base.run_ok({"review", "approve", change});
  graz.base.run_ok({"export"});
  const std::string logged = read_file(graz.log);
  INFO(logged);
  CHECK(
      logged.find(
          ":** Updated [Pumpwerk Graz]({{< relref \"graz.md\" >}}) — “Pumpwerk Graz opened a works in Linz") !=
      std::string::npos);
  CHECK(logged.find("works in Linz") < logged.find(own_line));
  const auto findings = graz.base.run({"check", "--all", graz.log});
  for (const char* check : {"changelog-form", "changelog-length", "changelog-order", "changelog-link"})
    CHECK(findings.out.find(check) == std::string::npos);

  write_file(graz.log, logged + "- **2026-01-01:** By hand.\n");
  graz.base.run_ok({"review", "undo", change});
  graz.base.run_ok({"export"});
  CHECK(read_file(graz.log) == before + "- **2026-01-01:** By hand.\n");
  CHECK(graz.base.json({"why", "changelog"})["blocks"].is_array());
}

TEST_CASE("a section without a changelog gets none by an approval") {
  NewsOfGraz graz;
  std::filesystem::remove_all(graz.base.site + "/changelog");
  graz.base.run({"export"});
  const std::string change = graz.development();
  graz.base.run_ok({"review", "approve", change});
  graz.base.run({"export"});
  CHECK_FALSE(std::filesystem::exists(graz.log));
}
