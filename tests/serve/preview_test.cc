// An entry as it would read: what the page shows before an approval is what it shows after.

#include <regex>

#include "tests/serve/served_knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

// The entry and its front matter, without the marks of what is new.
std::string shown(const std::string& page) {
  const std::size_t begin = page.find("<article class=\"entry\"");
  REQUIRE(begin != std::string::npos);
  const std::string text = page.substr(begin, page.find("</pre>", begin) - begin);
  return std::regex_replace(text, std::regex{"</?(div|span|ins|details)[^>]*>|\n"}, "");
}

// A stub with waiting changes, and somebody who looks at its pages.
struct PreviewFixture : ServedKnowledgeBase {
  PreviewFixture() {
    base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
    base.run_ok({"refresh"});
    serve();
  }
};

}  // namespace

TEST_CASE("the preview of a change has its sources and dates and is what approving gives") {
  PreviewFixture previewed;
  for (const char* id : {"1", "2", "3"}) {
    INFO(id);
    const std::string preview = previewed.page("/entry/pumps/basel?with=" + std::string{id});
    previewed.base.run_ok({"review", "approve", id});
    CHECK(shown(preview) == shown(previewed.page("/entry/pumps/basel")));
  }
}

TEST_CASE("what is new is marked in the text and in the list of sources and in the front matter") {
  PreviewFixture previewed;
  const std::string page = previewed.page("/entry/pumps/basel?with=1");
  const std::size_t first = page.find("id=\"changed\"");
  REQUIRE(first != std::string::npos);
  CHECK(page.find("id=\"changed\"", first + 1) == std::string::npos);
  const std::size_t sources = page.find(">Sources</h");
  REQUIRE(sources != std::string::npos);
  CHECK(page.find("class=\"changed\"", sources) != std::string::npos);
  CHECK(page.find("<details open><summary>Front matter</summary>") != std::string::npos);
  CHECK(page.find("<ins>  - &quot;http") != std::string::npos);
  const std::string plain = previewed.page("/entry/pumps/basel");
  CHECK(plain.find("<ins") == std::string::npos);
  CHECK(plain.find("<details><summary>Front matter</summary>") != std::string::npos);
}
