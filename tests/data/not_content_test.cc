// Real pages are content: only those that truly are something else may be called so.

#include <filesystem>
#include <map>

#include "crawler/content.h"
#include "tests/data/real_data.h"
#include "tests/data/real_pages.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

TEST_CASE("no real page is taken for an error page or a wall but those that are one") {
  const std::string data = real_data();
  if (data.empty()) return;
  // A shop's list that says "You need to enable JavaScript to run this app." and nothing else.
  const std::map<std::string, std::string> truly{{"4577", "script-shell"}};
  std::size_t pages = 0;
  for (const std::filesystem::path& file : real_page_files(data)) {
    const auto content = crawler::parse_page(gunzip(file.string()), "text/html", "");
    const std::string id = file.filename().string().substr(0, 4);
    INFO(id);
    REQUIRE(content.ok());
    const crawler::NonContentInfo* kind = crawler::find_non_content_info(content->non_content);
    const auto expected = truly.find(id);
    CHECK((kind == nullptr ? "" : std::string{kind->id}) ==
          (expected == truly.end() ? "" : expected->second));
    ++pages;
  }
  CHECK(pages >= 400);
}
