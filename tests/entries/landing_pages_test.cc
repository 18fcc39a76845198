#include "entries/site/landing_pages.h"

#include "entries/block_ids.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::entries;

namespace {

IdentifiedDocument identified(const std::string& text) {
  int next = 0;
  return assign_new_ids(Document::parse(text), [&] { return "b" + std::to_string(++next); });
}

std::string text_after_edit(const std::string& page, const std::optional<Edit>& edit) {
  REQUIRE(edit);
  const auto result = apply_edit(identified(page), *edit);
  INFO((result.ok() ? "" : result.error().text()));
  REQUIRE(result.ok());
  return *result;
}

}  // namespace

TEST_CASE("a topic area goes before the first that comes after it, else to the end") {
  const std::string page = "## Topic Areas\n\n- [Datacenters](a)\n- [Energy](b) — power\n\nMore.\n";
  CHECK(text_after_edit(page, make_topic_edit(identified(page), {"Drones", "drones"})) ==
        "## Topic Areas\n\n- [Datacenters](a)\n- [Drones]({{< relref \"drones\" >}})\n- [Energy](b) — "
        "power\n\nMore.\n");
  CHECK(text_after_edit(page, make_topic_edit(identified(page), {"Zinc", "zinc"})) ==
        "## Topic Areas\n\n- [Datacenters](a)\n- [Energy](b) — power\n- [Zinc]({{< relref \"zinc\" "
        ">}})\n\nMore.\n");
  CHECK_FALSE(make_topic_edit(identified("## Other\n\n- [A](a)\n"), {"Zinc", "zinc"}));
}

TEST_CASE("a company goes into its tier's table, and into no table without its columns") {
  const std::string page =
      "### Startups\n\n|Company|Stage|\n|---|---|\n|A|Seed|\n\n### Incumbents\n\n| Ticker | Firm |\n|--|--|\n";
  const CompanyRow row{{"B", "b.md"}, {{"Stage", "Series A | B"}}};
  CHECK(text_after_edit(page, make_company_edit(identified(page), "startups", row))
            .find("|A|Seed|\n|[B]({{< relref \"b.md\" >}})|Series A \\| B|\n") != std::string::npos);
  CHECK_FALSE(make_company_edit(identified(page), "incumbents", row));
  CHECK_FALSE(make_company_edit(identified(page), "public", row));
}
