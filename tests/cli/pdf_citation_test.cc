#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/pdf_writer.h"

using namespace stubkeeper::testing;

TEST_CASE("what is quoted from a PDF says on which page it stands, and pages without text are named") {
  TestKnowledgeBase base;
  PdfWriter pdf;
  pdf.add_page({{60, 100, 10, "This report has three pages, and this is its first one."}});
  pdf.add_page({{60, 100, 10, "Pumpwerk is a maker of pumps in Basel with 120 employees."}});
  pdf.add_scanned_page();
  base.server.serve_page("/report.pdf", pdf.bytes(), "application/pdf");
  base.run_ok({"source", "add", base.server.address("/report.pdf"), "--type", "pdf", "--entry", "pumpwerk",
             "--title", "Pumpwerk"});
  base.run_ok({"refresh"});
  const auto changes = base.json({"review", "list"})["changes"];
  REQUIRE_FALSE(changes.empty());
  bool quoted = false;
  for (const auto& change : changes) {
    for (const auto& quote : change["quotes"]) {
      const bool maker = quote["quote"].get<std::string>().find("maker of pumps") != std::string::npos;
      CHECK(quote["page"] == (maker ? 2 : 1));
      quoted = quoted || maker;
    }
    const std::string shown = base.run_ok({"review", "show", std::to_string(change["id"].get<int>())}).out;
    CHECK(shown.find("), p. ") != std::string::npos);
  }
  CHECK(quoted);

  const auto source = base.json({"source", "show", base.server.address("/report.pdf")});
  REQUIRE(source["flags"].size() == 1);
  CHECK(source["flags"][0]["name"] == "pages-without-text");
  CHECK(source["flags"][0]["detail"] == "page 3 of 3 is scanned, or blank");
  CHECK(base.json({"status"})["flagged_sources"][0]["flag"] == "pages-without-text");
  CHECK(base.run_ok({"status"}).out.find("pages-without-text: page 3 of 3") != std::string::npos);
}

TEST_CASE("a wall is shown where a source is looked at, and a test of it fails") {
  TestKnowledgeBase base;
  base.add_stub("pumpwerk", "Pumpwerk",
                "<title>Just a moment...</title><p>Checking your browser before accessing example.org.</p>");
  CHECK(base.run({"refresh"}).exit_code == 3);
  CHECK(base.json({"status"})["flagged_sources"][0]["flag"] == "bot-challenge");
  CHECK(base.run_ok({"status"}).out.find("[bot-challenge]") != std::string::npos);
  const auto shown = base.run_ok({"source", "show", "1"}).out;
  CHECK(shown.find("flag       bot-challenge since") != std::string::npos);
  const auto address = base.json({"source", "list"})["sources"][0]["address"].get<std::string>();
  const auto test = base.run({"source", "test", address});
  CHECK(test.exit_code == 1);
  CHECK(test.err.find("[bot-challenge]") != std::string::npos);
  CHECK(base.json({"review", "list"})["changes"].empty());
}
