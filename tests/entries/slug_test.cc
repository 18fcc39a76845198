#include "entries/page_templates.h"

#include "entries/conventions.h"
#include "tests/support/catch.h"

using namespace stubkeeper::entries;

TEST_CASE("a new entry's name is made of the words of its title") {
  const PublisherRules& rules = built_in_conventions().publishers;
  const std::map<std::string, std::string> names{
      {"First Solar", "first-solar"},
      {"Z\xC3\xBCrich W\xC3\xA4rme AG (ZW)", "zurich-warme"},
      {"Children's Heat, Inc.", "childrens-heat"},
      {"Helion 2.0", "helion-2-0"},
      {"Inc.", "inc"},
      {"../../etc/passwd", "etc-passwd"},
      {"a/b\\c.md", "a-b-c-md"},
      {"\xE7\x86\xB1", ""},
      {"", ""},
  };
  for (const auto& [title, name] : names) {
    INFO(title);
    CHECK(make_slug(rules, title) == name);
  }
}

TEST_CASE("a long title is cut between words") {
  const std::string slug = make_slug(built_in_conventions().publishers,
                                   "The Association of European Makers of Molten Salt Storage and Furnaces");
  CHECK(slug == "the-association-of-european-makers-of-molten-salt-storage");
}
