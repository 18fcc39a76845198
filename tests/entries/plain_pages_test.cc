#include "entries/site/plain_pages.h"

#include "tests/support/catch.h"

using namespace stubkeeper::entries;

namespace {

const PageIndex pages{{"_index.md", "energy/_index.md", "energy/solar.md", "energy/two words.md",
                       "heat/pumps/index.md", "heat/basel.md"}};

}  // namespace

TEST_CASE("section pages are index files in a plain folder, and others keep their names") {
  CHECK(to_plain_path("_index.md") == "index.md");
  CHECK(to_plain_path("energy/_index.md") == "energy/index.md");
  CHECK(to_plain_path("energy/my_index.md") == "energy/my_index.md");
  CHECK(to_plain_path("heat/pumps/index.md") == "heat/pumps/index.md");
}

TEST_CASE("relrefs become relative paths, with their fragments") {
  CHECK(to_plain_page("See [a]({{< relref \"solar.md\" >}}), [b]({{< relref \"energy#what\" >}}) and "
                   "[c]({{< relref \"heat/pumps\" >}}).\n",
                   "_index.md", pages) ==
        "See [a](energy/solar.md), [b](energy/index.md#what) and [c](heat/pumps/index.md).\n");
  CHECK(to_plain_page("[a]({{< relref \"../heat/basel.md\" >}}) [b]({{% ref \"two words.md\" %}}) "
                   "[c]({{< relref \"#here\" >}})\n",
                   "energy/solar.md", pages) == "[a](../heat/basel.md) [b](two%20words.md) [c](#here)\n");
}

TEST_CASE("what leads nowhere, what is escaped and what is code stays as it is") {
  const std::string page =
      "[a]({{< relref \"nowhere.md\" >}}) {{</* relref \"solar.md\" */>}}\n\n{{< figure src=\"x.png\" >}}\n";
  CHECK(to_plain_page(page, "_index.md", pages) == page);
}

TEST_CASE("a steering region is left out of a plain page") {
  CHECK(to_plain_page("First.\n\n{{< steering >}}\nBe [brief]({{< relref \"solar.md\" >}}).\n{{< /steering "
                   ">}}\n\nLast.\n",
                   "_index.md", pages) == "First.\n\nLast.\n");
}

TEST_CASE("relative links that a person wrote become relrefs in the section's form") {
  CHECK(
      restore_relrefs("New: [a](../heat/basel.md#top), [b](index.md), [c](https://example.org/x.md), "
                   "[d](../nowhere.md), [e](two%20words.md).\n",
                   "", "energy/solar.md", pages) ==
      "New: [a]({{< relref \"basel.md#top\" >}}), [b]({{< relref \".\" >}}), [c](https://example.org/x.md), "
      "[d](../nowhere.md), [e]({{< relref \"two words.md\" >}}).\n");
}

TEST_CASE("a relative link that the section has itself stays one") {
  CHECK(restore_relrefs("[a](../heat/basel.md), now\n", "[a](../heat/basel.md)\n", "energy/solar.md", pages) ==
        "[a](../heat/basel.md), now\n");
}

TEST_CASE("a link cannot write a shortcode's arguments") {
  const std::string page = "[a](../heat/basel.md#\"x) [b](<../heat/basel.md>) [c](../heat/basel.md#}}{{)\n";
  CHECK(restore_relrefs(page, "", "energy/solar.md", pages) == page);
}
