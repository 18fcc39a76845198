// Rules about wording, figures, links and sources.

#include <utility>

#include "tests/entries/check_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper::entries;
using namespace stubkeeper::entries::checks;

namespace {

std::string entry_with_text(const std::string& text) {
  return valid_entry_with("Text.", text);
}

}  // namespace

TEST_CASE("praise is found as whole words in running text alone") {
  CHECK(finding_lines("hype", file, entry_with_text("A game-changing, world-class cell.")) ==
        std::vector<std::string>{"hype:18", "hype:18"});
  for (const char* harmless :
       {"It unleashed.", "A \"world-class\" cell, it says.", "A “world-class” cell.", "`world-class`",
        "[World-class](https://a.org/x) cell.", "<!-- world-class -->", "> A world-class cell.",
        "```\nworld-class\n```", "https://a.org/world-class"}) {
    INFO(harmless);
    CHECK_FALSE(has_finding("hype", file, entry_with_text(harmless)));
  }
  CHECK_FALSE(has_finding("hype", file, valid_entry_with("— note", "— world-class")));
}

TEST_CASE("the first person is found, and a country or a church is not") {
  for (const char* first_person : {"Here we go.", "In our view.", "Our view.", "Text (our view)."}) {
    INFO(first_person);
    CHECK(has_finding("first-person", file, entry_with_text(first_person)));
  }
  for (const char* third_person :
       {"The US market.", "Near Our Lady of Lourdes.", "Power and hours.", "\"we go\"", "West us-east-1",
        "In eu-west-1, us-east-1 and us_gov.", "On acme.us and @us.", "The all-of-us study."}) {
    INFO(third_person);
    CHECK_FALSE(has_finding("first-person", file, entry_with_text(third_person)));
  }
}

TEST_CASE("an e-mail address is found, and a handle or a price is not") {
  CHECK(has_finding("personal-contact", file, entry_with_text("Ask jane.doe@acme.example today.")));
  CHECK(has_finding("personal-contact", file, entry_with_text("Ask jane.doe@acme.example: she knows.")));
  for (const char* harmless :
       {"5 units @ 3 dollars", "@jane on the forum", "`jane@acme.example`", "Clone git@acme.example:pumps/one.git.",
        "Clone git@acme.example/pumps.", "Copy it to deploy@acme.example:~/site.", "Uses react@18.2.0 today.",
        "As @jane@social.example says."}) {
    INFO(harmless);
    CHECK_FALSE(has_finding("personal-contact", file, entry_with_text(harmless)));
  }
}

TEST_CASE("a script stands nowhere but in the allowed widget") {
  CHECK(has_finding("raw-script", file, entry_with_text("<script>alert(1)</script>")));
  CHECK(has_finding("raw-script", file, entry_with_text("x <SCRIPT src=https://evil.example></script>")));
  CHECK_FALSE(has_finding("raw-script", file, entry_with_text("`<script>` is a tag")));
  CHECK_FALSE(has_finding("raw-script", file, entry_with_text("```html\n<script>\n```")));
  CHECK_FALSE(
      has_finding("raw-script", file,
          entry_with_text("<div>\n<script type=\"text/javascript\" "
                 "src=\"https://s3.tradingview.com/external-embedding/embed-widget-market-overview.js\" "
                 "async>\n</script>\n</div>")));
  CHECK(has_finding(
      "raw-script", file,
      entry_with_text("<div>\n<script src=\"https://evil.example/?https://s3.tradingview.com/\"></script>\n</div>")));
}

TEST_CASE("what shows a script to a reader is none") {
  for (const char* harmless :
       {"Ships \\<script\\>alert(1)\\</script\\> in text.", "A &lt;script&gt; tag.", "x <!-- <script> --> y",
        "<!-- <script>\nalert(1)\n</script> -->", "- a\n\n      <script>", "[x](https://a.org/x \"<script>\")",
        "The <scripts> folder.", "x {{<script src=\"a\">}}"}) {
    INFO(harmless);
    CHECK_FALSE(has_finding("raw-script", file, entry_with_text(harmless)));
  }
  for (const char* script :
       {"\\\\<script>x</script>", "<div>\n\\<script>x</script>\n</div>", "<!--> <script>x</script> -->",
        "<div>\n<!-- a --!> <script>x</script>\n</div>", "- a\n    - b <script>x</script>", "> <script\n> src=x>",
        "| a |\n|---|\n| <script>x</script> |"}) {
    INFO(script);
    CHECK(has_finding("raw-script", file, entry_with_text(script)));
  }
  CHECK(finding_lines("raw-script", file, entry_with_text("Text\nand <script>x</script>")) ==
        std::vector<std::string>{"raw-script:19"});
}

TEST_CASE("a link that would run a script is found however it is written") {
  for (const char* hostile :
       {"[x](JavaScript:alert(1))", "[x](&#106;avascript:alert(1))", "[x](java&Tab;script:alert(1))",
        "![x](vbscript:x)", "<javascript:alert(1)>", "[x]: javascript:alert(1)\n\n[x]",
        "<a href=\"javascript:alert(1)\">x</a>", "<a href = ' javascript:x'>x</a>",
        "[x](<javascript:alert(1)>)", "[x](data:text/html,x)", "[x](data:image/svg+xml,x)",
        "[x](javascript&colon;alert(1))"}) {
    INFO(hostile);
    CHECK(has_finding("link-scheme", file, entry_with_text(hostile)));
  }
  for (const char* harmless :
       {"[x](https://a.org/javascript:x)", "`[x](javascript:x)`", "JavaScript: a language",
        "![x](data:image/png;base64,AAAA)", "[javascript:](https://a.org/x)"}) {
    INFO(harmless);
    CHECK_FALSE(has_finding("link-scheme", file, entry_with_text(harmless)));
  }
}

TEST_CASE(
    "http is found where the section goes to the same host by https, and mended where it has the address") {
  const std::string page = entry_with_text("See [x](http://a.org/x) and http://a.org/other and http://b.org/y.");
  CHECK(finding_lines("plain-http", file, page).size() == 2);
  CHECK(apply_all_fixes(file, page) == entry_with_text("See [x](https://a.org/x) and http://a.org/other and http://b.org/y."));
  CHECK(has_finding("plain-http", file, entry_with_text("See http://b.org/y."), {{"energy/_index.md", "https://B.org/"}}));
}

TEST_CASE("a link by path leads to a page, from its address or from its file") {
  for (const char* right :
       {"../spectrolab/", "./twin.md", "twin.md#part", "../../wind/index-one.md", "../../../elsewhere/",
        "picture.png", "/research/x/", "mailto:x", "#part", "../"}) {
    INFO(right);
    CHECK_FALSE(has_finding("internal-link", file, entry_with_text("[x](" + std::string{right} + ")")));
  }
  CHECK(finding_lines("internal-link", file, entry_with_text("[x](../gone/)")) ==
        std::vector<std::string>{"internal-link:18"});
  CHECK(has_finding("internal-link", file, entry_with_text("[x](gone.md)")));
  CHECK(has_finding("internal-link", "energy/_index.md", "[x](./gone/)\n"));
  CHECK_FALSE(has_finding("internal-link", "energy/_index.md", "[x](./solar/)\n"));
}

TEST_CASE("a phrase that wants a link has it somewhere on the page") {
  CHECK(finding_lines("phrase-link", file, entry_with_text("It is a Trusted Foundry.")) ==
        std::vector<std::string>{"phrase-link:18"});
  CHECK_FALSE(has_finding("phrase-link", file, entry_with_text("A [Trusted Foundry](https://www.acq.osd.mil/x.pdf).")));
  CHECK_FALSE(has_finding("phrase-link", file, entry_with_text("A trusted foundry man.")));
}

TEST_CASE("a figure wants a source in its own block") {
  for (const char* bare :
       {"It raised $24 million.", "Up 40%.", "It has 1,200 employees.", "A 500 kW unit.",
        "Founded with €3 each.", "About 123456 of them.", "| a | 40 % |\n|---|---|\n| b | 3 GW |"}) {
    INFO(bare);
    CHECK(has_finding("bare-number", file, entry_with_text(bare)));
  }
  for (const char* harmless :
       {"Founded in 2015.", "It raised $24 million ([x](https://a.org/x)).", "Up 40% [^1].", "Model X500kW9.",
        "About $3 million (unverified estimate).", "Section 4.2 of 7.", "`40%`", "\"Up 40%\", it said."}) {
    INFO(harmless);
    CHECK_FALSE(has_finding("bare-number", file, entry_with_text(harmless)));
  }
}

TEST_CASE("a source is listed once, used, and what is used is listed") {
  CHECK(has_finding("source-twice", file, valid_entry + "- [Again](https://a.org/x/#part)\n"));
  CHECK(has_finding("source-unused", file, valid_entry_with(" ([X](https://a.org/x))", "")));
  CHECK_FALSE(has_finding("source-unused", file, valid_entry));
  CHECK(has_finding("source-unlisted", file, valid_entry_with("([X](https://a.org/x))", "([X](https://c.org/x))")));
  CHECK_FALSE(has_finding("source-unlisted", file, entry_with_text("See [X](https://c.org/x).")));
  CHECK_FALSE(
      has_finding("source-unlisted", file, valid_entry_with("C\n", "C ([ACME](https://finance.yahoo.com/quote/ACME))\n")));
}

TEST_CASE("an address is the same in each of its spellings") {
  const std::vector<std::pair<std::string, std::string>> spellings{
      {"https://c.org/%C3%A4", "https://c.org/ä"},   {"https://c.org/a%20b", "<https://c.org/a b>"},
      {"https://c.org/%7Ex%2dy", "https://c.org/~x-y"}, {"https://c.org/%c3%a4", "https://c.org/%C3%A4"},
      {"https://bücher.example/x", "https://xn--bcher-kva.example/x"}, {"https://C.org:443/x", "https://c.org/x"},
      {"HTTP://c.org:80", "http://c.org/"},          {"https://c.org?x=1", "https://c.org/?x=1"},
      {"https://c.org/q?a=1&b=2", "https://c.org/q?a=1&amp;b=2"}, {"https://c.org/a_b", "https://c.org/a\\_b"}};
  for (const auto& [declared, listed] : spellings) {
    INFO(declared << " " << listed);
    std::string page = valid_entry_with("  - \"https://a.org/x\"\n",
                                        "  - \"https://a.org/x\"\n  - \"" + declared + "\"\n") +
                       "- [C](" + listed + ")\n";
    for (const char* id : {"source-list", "source-urls", "source-twice"}) CHECK_FALSE(has_finding(id, file, page));
    CHECK(apply_all_fixes(file, page) == page);
    page += "- [Again](" + declared + ")\n";
    CHECK(has_finding("source-twice", file, page));
  }
  for (const char* other : {"https://c.org/a%2Fb", "https://c.org:8443/a/b", "https://c.org/A/b", "https://c.org/a/b?"}) {
    INFO(other);
    CHECK(has_finding("source-urls", file,
                      valid_entry_with("  - \"https://a.org/x\"\n",
                                       "  - \"https://a.org/x\"\n  - \"https://c.org/a/b\"\n") +
                          "- [C](" + other + ")\n"));
  }
}

TEST_CASE("an address is added to source_urls as a browser reads it") {
  const std::string listed = valid_entry + "- [B](https://b.org/q?a=1&amp;b=2)\n- [C](https://b.org/q?a=1&b=2)\n";
  const std::string fixed = apply_all_fixes(file, listed);
  CHECK(fixed.find("  - \"https://b.org/q?a=1&b=2\"\n") != std::string::npos);
  CHECK(fixed.find("&amp;") == fixed.rfind("&amp;"));
}

TEST_CASE("dates lie in order and not ahead, and a cadence is a number") {
  CHECK(has_finding("date-order", file, valid_entry_with("lastmod: 2026-10-02", "lastmod: 2025-10-02")));
  CHECK(has_finding("date-order", file, valid_entry_with("last_reviewed: 2026-10-02", "last_reviewed: 2027-10-02")));
  CHECK_FALSE(has_finding("date-order", file, valid_entry_with("last_reviewed: 2026-10-02", "last_reviewed: 2026-11-24")));
  CHECK(has_finding("front-matter-cadence", file, valid_entry_with("stale_after_days: 180", "stale_after_days: soon")));
  CHECK_FALSE(has_finding("front-matter-cadence", file, valid_entry_with("stale_after_days: 180\n", "")));
}

TEST_CASE("two files that differ in case alone are an error") {
  CHECK(has_finding("file-name-case", file, valid_entry, {{"energy/solar/First-Solar.md", "x"}}));
  CHECK_FALSE(has_finding("file-name-case", file, valid_entry, {{"energy/solar/first-solar-2.md", "x"}}));
}
