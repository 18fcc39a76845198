// Front matter that a hand broke is the hand's, and Hugo stops at it: whatever becomes of the file, it is said.

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper::testing;

namespace {

void break_front_matter(const std::string& file) {
  std::string text = read_file(file);
  text.insert(4, "description: \"A \"fine\" maker.\"\n");
  write_file(file, text);
}

}  // namespace

TEST_CASE("front matter that was broken by hand is named when it is taken in") {
  TestKnowledgeBase base;
  break_front_matter(base.add_exported_stub());
  const auto exported = base.run({"export"});
  CHECK_THAT(exported.err, ContainsSubstring("broken           pumps/basel.md: line 2"));
  CHECK_THAT(exported.err, ContainsSubstring("taken in as it is, and Hugo stops at it"));
}

TEST_CASE(
    "broken front matter in a conflict is named by the export and by the review") {
  TestKnowledgeBase base;
  const std::string file = base.site + "/pumps/basel.md";
  write_file(
      file,
      "---\ntitle: Pumpwerk Basel\nlastmod: 2025-01-10\nlast_reviewed: 2025-01-10\n---\n\n## Summary\n\n"
      "It makes pumps.\n");
  base.run_ok({"import", base.site});
  base.run_ok({"reviewed", "pumps/basel"});
  break_front_matter(file);
  const auto exported = base.run({"export"});
  INFO(exported.out << exported.err);
  REQUIRE(exported.exit_code == 3);
  CHECK_THAT(exported.err, ContainsSubstring("conflict"));
  CHECK_THAT(exported.err, ContainsSubstring("broken           pumps/basel.md: line 2"));
  CHECK_THAT(exported.err, ContainsSubstring("Hugo stops at it"));
  const auto shown = base.run_ok({"review", "show", "c1"});
  CHECK_THAT(shown.out, ContainsSubstring("does not parse (line 2"));

  base.run_ok({"review", "resolve", "c1", "--keep", "disk"});
  base.run_ok({"export"});
  CHECK_THAT(read_file(file), ContainsSubstring("A \"fine\" maker."));
}
