// Where each line comes from, in the browser: the same as `why` says, with a way to the snapshot's own bytes.

#include <algorithm>

#include "cli/serve/markup.h"
#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/served_program.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

std::string text_between(const std::string& page, const std::string& begin, const std::string& end) {
  const std::size_t at = page.find(begin);
  if (at == std::string::npos) return "";
  const std::size_t from = at + begin.size();
  return page.substr(from, page.find(end, from) - from);
}

}  // namespace

TEST_CASE("the page of evidence says of each sentence what why says and leads to its quotes") {
  TestKnowledgeBase base;
  write_file(base.site + "/pumps/graz.md",
             "---\ntitle: \"Pumpwerk Graz\"\n---\n\n## Summary\n\nPumpwerk Graz repairs <b>old</b> pumps.\n");
  base.run_ok({"import", base.site});
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.run_ok({"refresh"});
  base.run_ok({"review", "edit", "1", "--text", "They are in Basel & Graz."});
  base.run_ok({"review", "approve", "--all-unflagged"});
  base.run_ok({"export"});
  write_file(base.site + "/pumps/basel.md",
             read_file(base.site + "/pumps/basel.md") + "\nI have seen them.\n");
  base.run_ok({"export"});

  ServedProgram program{base.kb};
  TestBrowser browser{program};
  browser.enter();
  std::map<std::string, int> seen;
  for (const std::string entry : {"pumps/graz", "pumps/basel"}) {
    const auto got = browser.get("/evidence/" + entry);
    REQUIRE(got);
    REQUIRE(got->status == 200);
    std::string page = got->body;
    // The text comes first, the front matter after it.
    const auto said = base.json({"why", entry});
    std::vector<nlohmann::json> blocks = said["blocks"];
    std::stable_partition(blocks.begin(), blocks.end(),
                          [](const auto& block) { return block["kind"] != "front_matter"; });
    REQUIRE(blocks.back()["kind"] == "front_matter");
    REQUIRE(page.find("<h2>Front matter</h2>") != std::string::npos);
    for (const auto& block : blocks) {
      for (const auto& part : block["parts"]) {
        const std::string begin =
            "<p class=\"text\" dir=\"auto\">" + cli::escape_html(part["text"].get<std::string>()) + "</p>";
        INFO(part.dump(2));
        const std::size_t at = page.find(begin);
        REQUIRE(at != std::string::npos);
        // In their order.
        page.erase(0, at + begin.size());
        const std::string told = page.substr(0, page.find("<p class=\"text\" dir=\"auto\">"));
        const std::string revision = "(revision " + std::to_string(part["revision"].get<int>()) + ", ";
        CHECK(told.find(revision) != std::string::npos);
        const std::string rests_on = part["rests_on"];
        ++seen[rests_on];
        if (rests_on == "no_recorded_source") {
          CHECK(told.find("no recorded source") != std::string::npos);
        } else {
          CHECK(told.find("by " + part["author"].get<std::string>()) != std::string::npos);
        }
        CHECK((told.find("/snapshot/") != std::string::npos) == (rests_on == "quotes"));
        for (const auto& change : part["changes"]) {
          for (const auto& quote : change["quotes"]) {
            const std::string words = cli::escape_html(quote["quote"].get<std::string>());
            CHECK(told.find(words) != std::string::npos);
            const std::string address = "/snapshot/" + std::to_string(quote["snapshot"].get<int>()) +
                                        "?begin=" + std::to_string(quote["begin_byte"].get<int>()) +
                                        "&end=" + std::to_string(quote["end_byte"].get<int>());
            CHECK(told.find(cli::escape_html(address)) != std::string::npos);
            const auto snapshot = browser.get(address);
            REQUIRE(snapshot);
            CHECK(text_between(snapshot->body, "<mark id=\"quote\" tabindex=\"-1\">", "</mark>") == words);
            CHECK(snapshot->body.find(quote["snapshot_sha256"].get<std::string>()) != std::string::npos);
          }
        }
      }
    }
  }
  CHECK(seen["quotes"] > 2);
  CHECK(seen["person"] > 0);
  CHECK(seen["no_recorded_source"] > 2);
}
