// An entry as it would read: what the page shows before an approval is what it shows after.

#include <regex>

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/served_program.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

// The entry and its front matter, without the marks of what is new.
std::string shown(const std::string& page) {
  const std::size_t begin = page.find("<article class=\"entry\">");
  REQUIRE(begin != std::string::npos);
  const std::string text = page.substr(begin, page.find("</pre>", begin) - begin);
  return std::regex_replace(text, std::regex{"</?(div|span|ins|details)[^>]*>|\n"}, "");
}

}  // namespace

TEST_CASE("the preview of a change has its sources and dates and is what approving gives") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.done({"refresh"});
  ServedProgram program{base.kb};
  TestBrowser browser{program};
  browser.enter();
  for (const char* id : {"1", "2", "3"}) {
    INFO(id);
    const std::string preview = browser.get("/entry/pumps/basel?with=" + std::string{id})->body;
    base.done({"review", "approve", id});
    CHECK(shown(preview) == shown(browser.get("/entry/pumps/basel")->body));
  }
}

TEST_CASE("what is new is marked in the text and in the list of sources and in the front matter") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.done({"refresh"});
  ServedProgram program{base.kb};
  TestBrowser browser{program};
  browser.enter();
  const std::string page = browser.get("/entry/pumps/basel?with=1")->body;
  const std::size_t first = page.find("id=\"changed\"");
  REQUIRE(first != std::string::npos);
  CHECK(page.find("id=\"changed\"", first + 1) == std::string::npos);
  const std::size_t sources = page.find(">Sources</h");
  REQUIRE(sources != std::string::npos);
  CHECK(page.find("class=\"changed\"", sources) != std::string::npos);
  CHECK(page.find("<details open><summary>Front matter</summary>") != std::string::npos);
  CHECK(page.find("<ins>  - &quot;http") != std::string::npos);
  const std::string plain = browser.get("/entry/pumps/basel")->body;
  CHECK(plain.find("<ins") == std::string::npos);
  CHECK(plain.find("<details><summary>Front matter</summary>") != std::string::npos);
}
