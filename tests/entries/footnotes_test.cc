#include "entries/site/footnotes.h"

#include "tests/support/catch.h"

using namespace stubkeeper::entries;

namespace {

const std::string page =
    "---\ntitle: \"A\"\n---\n\nA makes pumps.\n\n- One.\n- Two.\n\n| Name | Year |\n| --- | --- |\n"
    "| A | 2026 |\n";

std::string rendered_of(const std::string& text) {
  return add_footnotes(
      text,
      {{"A makes pumps.\n", {"first"}}, {"- Two.\n", {"first", "second"}}, {"| A | 2026 |\n", {"third"}}});
}

}  // namespace

TEST_CASE("a paragraph, a list item and a table row get their footnotes, shared ones once") {
  CHECK(rendered_of(page) ==
        "---\ntitle: \"A\"\n---\n\nA makes pumps.[^quoted-1]\n\n- One.\n- Two.[^quoted-1][^quoted-2]\n\n"
        "| Name | Year |\n| --- | --- |\n| A | 2026[^quoted-3] |\n\n[^quoted-1]: first\n[^quoted-2]: "
        "second\n[^quoted-3]: third\n");
}

TEST_CASE("what footnotes added is taken off to the byte") {
  for (const std::string& text :
       {page, page.substr(0, page.size() - 1), page + "\n\n", std::string{"A makes pumps.\n"},
        std::string{"A makes pumps."}, std::string{"A makes pumps.\r\n\r\n- Two.\r\n"},
        std::string{"A makes pumps.\n\n[^quoted-1]: mine\n\nAs I say.[^quoted-1]\n"}}) {
    INFO(text);
    const std::string rendered = add_footnotes(
        text, {{"A makes pumps.\n", {"x"}}, {"A makes pumps.", {"x"}}, {"A makes pumps.\r\n", {"x"}}});
    CHECK(rendered != text);
    CHECK(remove_footnotes(text, rendered, rendered) == text);
  }
}

TEST_CASE("a label that the page uses is not used again") {
  const std::string mine = "A makes pumps.\n\nMine.[^quoted-1]\n\n[^quoted-1]: mine\n";
  CHECK(add_footnotes(mine, {{"A makes pumps.\n", {"x"}}}) ==
        "A makes pumps.[^quoted-2]\n\nMine.[^quoted-1]\n\n[^quoted-1]: mine\n\n[^quoted-2]: x\n");
}

TEST_CASE("an edit of a page with footnotes is the person's edit and nothing else") {
  const std::string rendered = rendered_of(page);
  std::string edited = rendered;
  edited.replace(edited.find("- One."), 6, "- One, and more.");
  std::string expected = page;
  expected.replace(expected.find("- One."), 6, "- One, and more.");
  CHECK(remove_footnotes(page, rendered, edited) == expected);

  SECTION("a line behind the definitions stays") {
    CHECK(remove_footnotes(page, rendered, edited + "\nA last word.\n") == expected + "\n\nA last word.\n");
  }
  SECTION("a definition that the person rewrote is theirs, with its references") {
    edited.replace(edited.find(": third"), 7, ": third, in my words");
    expected.replace(expected.find("2026 |"), 6, "2026[^quoted-3] |");
    CHECK(remove_footnotes(page, rendered, edited) == expected + "\n[^quoted-3]: third, in my words\n");
  }
  SECTION("a definition that the person took away is gone for this time") {
    edited.erase(edited.find("[^quoted-2]: second\n"), 20);
    CHECK(remove_footnotes(page, rendered, edited) == expected + "\n");
  }
}

TEST_CASE("a page that ends within a fence, and a block that holds code, take no footnotes") {
  const std::string open = "A makes pumps.\n\n```\ncode\n";
  CHECK(add_footnotes(open, {{"A makes pumps.\n", {"x"}}}) == open);
  const std::string item = "- Item\n\n  ```\n  code\n  ```\n";
  CHECK(add_footnotes(item, {{item, {"x"}}}) == item);
}
