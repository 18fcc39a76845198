#include <fstream>
#include <iterator>

#include "cron/kinds/source_kind.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::cron;

TEST_CASE("the page on sources has each kind in its table") {
  std::ifstream file{STUBKEEPER_SOURCE "/docs/sources.md"};
  const std::string page{std::istreambuf_iterator<char>{file}, {}};
  for (const SourceKindRules& kind : source_kinds()) {
    INFO(kind.name);
    CHECK(page.find("| " + std::string{kind.name} + " |") != std::string::npos);
  }
}

TEST_CASE("an address suggests a kind by how it ends, whatever its query") {
  CHECK(suggest_source_kind("https://example.org/feed/") == "feed");
  CHECK(suggest_source_kind("https://example.org/News.XML?page=2") == "feed");
  CHECK(suggest_source_kind("https://example.org/sitemap-news.xml") == "sitemap");
  CHECK(suggest_source_kind("https://example.org/paper.pdf#page=3") == "pdf");
  CHECK(suggest_source_kind("https://example.org/news") == "page");
  CHECK(suggest_source_kind("papers/loop-test.pdf") == "file");
}
