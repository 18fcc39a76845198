// Rules about what damages the text behind it, and about front matter that cannot be edited.

#include "tests/entries/check_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper::entries;
using namespace stubkeeper::entries::checks;

namespace {

std::string entry_with_text(const std::string& text) {
  return valid_entry_with("Text.", text);
}

}  // namespace

TEST_CASE("a conflict that a merge left is found, marker by marker") {
  using Lines = std::vector<std::string>;
  const auto found = [](const std::string& text) {
    return finding_lines("conflict-marker", file, entry_with_text(text));
  };
  CHECK(found("<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> feature") ==
        Lines{"conflict-marker:18", "conflict-marker:20", "conflict-marker:22"});
  CHECK(found("<<<<<<< ours\r\none\r\n||||||| base\r\nzero\r\n=======\r\ntwo\r\n>>>>>>> theirs\r\n").size() ==
        4);
  CHECK(found("one\n>>>>>>> feature") == Lines{"conflict-marker:19"});
  CHECK(found("```\n<<<<<<< HEAD\n```") == Lines{"conflict-marker:19"});
  CHECK(has_finding("conflict-marker", file, valid_entry_with("draft: false", "<<<<<<< HEAD\ndraft: false")));
  for (const char* harmless :
       {"A heading\n=======", "<<<<<<<< eight", " <<<<<<< indented", "|||||||\n|---|---|---|---|---|---|",
        "> > a\n>>>>>>> seven quotations", "<<<<<<<x", "`<<<<<<<`"}) {
    INFO(harmless);
    CHECK(found(harmless).empty());
  }
}

TEST_CASE("a fence, a comment or an HTML block that is never closed is found where it opens") {
  using Lines = std::vector<std::string>;
  const auto found = [](const std::string& text) {
    return finding_lines("markup-unclosed", file, entry_with_text(text));
  };
  CHECK(found("Text.\n\n```\ncode\n\nmore") == Lines{"markup-unclosed:20"});
  CHECK(found("```\ncode\n~~~\n``\n") == Lines{"markup-unclosed:18"});
  CHECK(found("- a\n  ```\n  code\n\nText.") == Lines{"markup-unclosed:19"});
  CHECK(found("> ```\n> code\n\nText.") == Lines{"markup-unclosed:18"});
  CHECK(found("<!-- a\n\nb") == Lines{"markup-unclosed:18"});
  CHECK(found("Text <!-- a\n\nb --> c") == Lines{"markup-unclosed:18"});
  CHECK(found("<div>\n<!-- a\n</div>\n\nb -->") == Lines{"markup-unclosed:19"});
  CHECK(found("Text.\n\n{{< details >}}\n\nb") == Lines{"markup-unclosed:20"});
  CHECK(found("<pre>\na\n\nb") == Lines{"markup-unclosed:18"});
  for (const char* closed :
       {"```\ncode\n```", "~~~~ md\n```\n~~~~~", "- a\n  ```\n  code\n  ```\n- b", "> ```\n> code\n> ```",
        "1. a\n\n   > ~~~\n   > code\n   > ~~~\n", "<!-- a\n\nb -->", "`<!--`", "\\<!-- text", "<pre>a</pre>",
        "<PRE>\na\n\nb\n</PRE>", "    ```\n    code", "- a\n    - b\n\n      ```\n      c\n      ```",
        "Press ``` thrice.", "<prefix>", "A <!-- x --> and <!-- y -->.", "<!-- {{< x >}}\n{{< y >}}\n-->",
        "<div>\n<!-- {{< x >}}\n{{< y >}}\n-->\n</div>"}) {
    INFO(closed);
    CHECK(found(closed).empty());
  }
}

TEST_CASE("front matter in which no field can be set is named") {
  const std::string body = "\n## Summary\n\nText.\n";
  CHECK(has_finding("front-matter-form", file, "---\n? last_reviewed\n: 2026-01-02\n---\n" + body));
  CHECK(has_finding("front-matter-form", file,
                    "---\ntitle: x\nsource_urls: {a: \"https://a.org\"}\n---\n" + body));
  CHECK_FALSE(has_finding("front-matter-form", file, valid_entry));
  CHECK_FALSE(has_finding("front-matter-form", file, "+++\ntitle = \"One\"\n+++\n" + body));
  CHECK_FALSE(has_finding("front-matter-form", file, "{\"title\": \"One\"}\n" + body));
  CHECK_FALSE(has_finding("front-matter-form", file,
                          "---\ntitle: \"A \"fine\" one\"\n---\n" + body));  // it is broken
}
