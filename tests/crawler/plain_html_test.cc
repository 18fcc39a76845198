#include "crawler/html/plain_html.h"

#include <random>

#include "crawler/extract/blocks.h"
#include "crawler/html/named_characters.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;

namespace {

bool is_plain(const std::string& html) {
  return parse_plain_html(html).has_value();
}

std::string text_by_html_parser(const std::string& html) {
  const auto tree = PageTree::parse(html);
  REQUIRE(tree.ok());
  return tree_to_text(**tree);
}

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t bound) {
  return random() % bound;
}

template <std::size_t n>
const char* any_of(Random& random, const char* const (&choices)[n]) {
  return choices[below(random, n)];
}

// HTML as an editor writes it: every element closed in its place, or left to what closes it.
class Article {
 public:
  explicit Article(Random& random) : random_(random) {}

  std::string write() {
    blocks(3);
    return std::move(html_);
  }

 private:
  void blocks(int depth) {
    for (std::size_t i = below(random_, 5) + 1; i > 0; --i) block(depth);
  }

  void block(int depth) {
    switch (below(random_, depth > 0 ? 12 : 4)) {
      case 0:
        return element("p");
      case 1:
        html_ += "<p class=lead>";
        phrases(2);
        html_ += "\n";
        return;
      case 2:
        html_ += any_of(random_,
                        {"<hr>", "<br/>", "\n", "<!-- a comment -->", "<script>if (a < b) c();</script>",
                         "<iframe src='https://example.org/'></iframe>", "<style>p { color: red }</style>"});
        return;
      case 3:
        html_ += "<pre>one\n  two &lt;three&gt;<br>four</pre>";
        return;
      case 4:
        return element(any_of(random_, {"h1", "h2", "h3", "h4", "h5", "h6"}));
      case 5:
        return list(depth, any_of(random_, {"ul", "ol"}), "li");
      case 6:
        return list(depth, "dl", any_of(random_, {"dt", "dd"}));
      case 7:
        return table(depth);
      default: {
        const std::string name =
            any_of(random_, {"div", "section", "blockquote", "figure", "article", "aside"});
        html_ += '<' + name + " id=\"x>y\">";
        if (below(random_, 2) == 0) html_ += text();
        blocks(depth - 1);
        html_ += "</" + name + '>';
      }
    }
  }

  void element(const std::string& name) {
    html_ += '<' + name + '>';
    phrases(3);
    html_ += "</" + name + '>';
  }

  void list(int depth, const std::string& name, const std::string& item) {
    html_ += '<' + name + '>';
    for (std::size_t i = below(random_, 4) + 1; i > 0; --i) {
      html_ += '<' + item + '>';
      phrases(1);
      if (below(random_, 3) == 0) blocks(depth - 1);
      if (below(random_, 2) == 0) html_ += "</" + item + '>';
    }
    html_ += "</" + name + ">\n";
  }

  void table(int depth) {
    html_ += "<table border=1>\n";
    if (below(random_, 4) == 0) html_ += "<caption>Of pumps</caption>";
    if (below(random_, 4) == 0) html_ += "<colgroup><col><col></colgroup>";
    const bool has_body = below(random_, 2) == 0;
    if (has_body) html_ += "<thead><tr><th>Name<th>Power</thead> <tbody>";
    for (std::size_t row = below(random_, 3) + 1; row > 0; --row) {
      if (has_body || row > 1 || below(random_, 2) == 0) html_ += "<tr>";
      for (std::size_t cell = below(random_, 3) + 1; cell > 0; --cell) {
        html_ += "<td>";
        phrases(1);
        if (below(random_, 6) == 0) blocks(depth - 1);
        if (below(random_, 2) == 0) html_ += "</td> ";
      }
      if (below(random_, 2) == 0) html_ += "</tr>\n";
    }
    html_ += "</table>";
  }

  void phrases(int depth) {
    for (std::size_t i = below(random_, 3) + 1; i > 0; --i) phrase(depth);
  }

  void phrase(int depth) {
    if (depth == 0 || below(random_, 2) == 0) {
      html_ += text();
      return;
    }
    if (below(random_, 4) == 0) {
      html_ += any_of(random_, {"<br>", "<img src=a.png alt='a > b'>", "<a href=/a>one</a>", "<wbr>"});
      return;
    }
    const std::string name =
        any_of(random_, {"b", "em", "strong", "span", "code", "sup", "q", "small", "font", "o:p"});
    html_ += '<' + name + '>';
    phrases(depth - 1);
    html_ += "</" + name + '>';
  }

  const char* text() {
    return any_of(random_, {"words ", "Fish &amp; chips", " R&D ", "a&nbsp;b", "it&rsquo;s",
                            "&#8220;so&#x201d;", "ö\xE2\x80\x8B—", "1 < 2 ", "\n", " ", "x", "two  spaces"});
  }

  Random& random_;
  std::string html_;
};

}  // namespace

TEST_CASE("HTML of editors is read without the HTML parser and has the same text") {
  Random random{20261125};
  for (int i = 0; i < 3000; ++i) {
    const std::string html = Article{random}.write();
    INFO(html);
    REQUIRE(is_plain(html));
    REQUIRE(html_to_text(html) == text_by_html_parser(html));
  }
}

TEST_CASE("wherever HTML counts as plain it has the text that the HTML parser gives it") {
  Random random{4};
  int plain = 0;
  constexpr int rounds = 20'000;
  for (int i = 0; i < rounds; ++i) {
    std::string html;
    for (std::size_t part = below(random, 12) + 1; part > 0; --part) {
      html += any_of(random, {"<p>",
                              "</p>",
                              "<b>",
                              "</b>",
                              "<a href=x>",
                              "</a>",
                              "<div>",
                              "</div>",
                              "<li>",
                              "</li>",
                              "<ul>",
                              "</ul>",
                              "<table>",
                              "</table>",
                              "<tr>",
                              "<td>",
                              "</td>",
                              "</tr>",
                              "<h2>",
                              "</h2>",
                              "<pre>",
                              "</pre>",
                              "text",
                              " ",
                              "<br>",
                              "<tbody>",
                              "<th>",
                              "</tbody>",
                              "<span>",
                              "</span>",
                              "<dd>",
                              "</dl>",
                              "<img>",
                              "</br>",
                              "</x>",
                              "<x>",
                              "&amp;",
                              "&ampx",
                              "&notit;",
                              "<!-- c -->",
                              "<select>",
                              "<option>",
                              "<title>t</title>",
                              "<caption>",
                              "</caption>",
                              "<hr>",
                              "<svg>",
                              "</script>",
                              "<script>",
                              "<body>",
                              "</body>",
                              "<!doctype html>",
                              "<address>",
                              "<col>",
                              "<colgroup>",
                              "<style>s</style>"});
    }
    INFO(html);
    if (!is_plain(html)) continue;
    ++plain;
    REQUIRE(html_to_text(html) == text_by_html_parser(html));
  }
  CHECK(plain > rounds / 10);
  CHECK(plain < rounds);
}

TEST_CASE("what the standard has rules of its own for is left to the HTML parser") {
  for (const char* html : {"<p><b>never closed</p><p>and so still bold",
                           "<b><i>crossed</b></i>",
                           "<a>in <a>a link</a></a>",
                           "<table>text beside cells<tr><td>1</table>",
                           "<table><div>in no cell</div></table>",
                           "<svg><path/></svg>",
                           "<form><input></form>",
                           "<!doctype html><p>a page",
                           "<title>t</title>",
                           "&ampersand",
                           "&notit;",
                           "&#128;",
                           "&#0;",
                           "<script><!--<script></script>--></script>",
                           "<p",
                           "<!-- open",
                           "<?php ?>",
                           "<select><option>a",
                           "<noscript>x</noscript>",
                           "<textarea></textarea>",
                           "<pre>a\rb</pre>",
                           "<h1>a<h2>b</h2></h1>",
                           "<p>a\x01z",
                           "<p>a\vz",
                           "<p>a\x7Fz",
                           "<p>a\xC2\x92z",
                           "<p>a\xEF\xBF\xBE"
                           "z",
                           "<p>a\xF0\x9F\xBF\xBF"
                           "z"}) {
    INFO(html);
    CHECK(!is_plain(html));
    CHECK(html_to_text(html) == text_by_html_parser(html));
  }
  std::string deep;
  for (int i = 0; i < 50; ++i) deep += "<div>";
  CHECK(!is_plain(deep + "text"));
}

TEST_CASE("names of characters mean what they mean to the HTML parser") {
  int named = 0;
  for (const std::string name :
       {"AElig", "Alpha", "Beta",  "Dagger", "Ouml",   "Prime",  "Zeta",     "aacute", "alefsym",
        "apos",  "bdquo", "bull",  "clubs",  "copy",   "euro",   "fnof",     "frac12", "hellip",
        "lang",  "laquo", "ldquo", "lt",     "mdash",  "middot", "nbsp",     "ndash",  "oline",
        "quot",  "rang",  "rdquo", "rsquo",  "sup2",   "szlig",  "thetasym", "trade",  "weierp",
        "yuml",  "zeta",  "zwj",   "zwnj",   "nosuch", "Amp",    "x"}) {
    const std::string html = "<pre>a&" + name + ";b</pre>";
    INFO(html);
    named += named_character(name) != 0 ? 1 : 0;
    CHECK(html_to_text(html) == text_by_html_parser(html));
  }
  CHECK(named == 40);
  CHECK(named_character("rsquo") == U'\u2019');
  CHECK(named_character("Rsquo") == 0);
}
