#include "crawler/content.h"
#include "crawler/extract/json_ld.h"
#include "tests/support/catch.h"

using namespace stubkeeper::crawler;

namespace {

const std::string text =
    "<p>The pump house of Graz opens its doors in spring, and tells its visitors how water comes to the "
    "hills.</p>";

std::string script(const std::string& json) {
  return "<script type='application/ld+json'>" + json + "</script>";
}

std::string article(const std::string& headline, const std::string& author, const std::string& more = "") {
  return R"({"@type":"NewsArticle","headline":")" + headline + R"(","author":{"name":")" + author +
         R"("},"datePublished":"2024-01-01")" + more + "}";
}

Content read(const std::string& scripts, const std::string& body,
             const std::string& address = "https://example.org/news/pump-house") {
  const auto content = parse_page("<html><head><title>The pump house opens | The Site</title>" + scripts +
                                      "</head><body><article>" + body + text + "</article></body></html>",
                                  "text/html", address);
  REQUIRE(content.ok());
  return *content;
}

const std::string own = article("The pump house opens", "Ann Lee");
const std::string other = article("Valves are dear", "Bob Ray");
const std::string heading = "<h1>The pump house opens</h1>";

}  // namespace

TEST_CASE("JSON with small mistakes is read as it was meant") {
  using nlohmann::json;
  const json meant = {{"a", {1, 2}}, {"b", "x, y"}};
  for (const char* script : {
           R"({"a":[1,2],"b":"x, y"})",
           R"({"a":[1,2,],"b":"x, y",})",
           R"({"a":[1,2 , ] , "b":"x, y" , } ;)",
           R"(<!-- {"a":[1,2],"b":"x, y"} -->)",
           "<!--//--><![CDATA[//><!--\n{\"a\":[1,2],\"b\":\"x, y\"}\n//--><!]]>",
           "//<![CDATA[\n{\"a\":[1,2],\"b\":\"x, y\"}\n//]]>",
           R"(/*<![CDATA[*/{"a":[1,2],"b":"x, y"}/*]]>*/)",
           "{\"a\":[1,2], // two of them\n\"b\":\"x, y\"}",
           "\xEF\xBB\xBF{\"a\":[1,2],\"b\":\"x, y\"}",
       }) {
    INFO(script << " became " << repair_json(script));
    CHECK(json::parse(repair_json(script), nullptr, false) == meant);
  }
}

TEST_CASE("what stands in a string of JSON is left as it is") {
  using nlohmann::json;
  const auto repaired = [](const std::string& script) {
    return json::parse(repair_json(script), nullptr, false);
  };
  CHECK(repaired(R"(["a,]", "<!-- x -->", "https://a.example//b", "/* c */", ";"])") ==
        json{"a,]", "<!-- x -->", "https://a.example//b", "/* c */", ";"});
  CHECK(repaired(R"(["say \"no\", }", "it\'s", "a\\"])") == json{"say \"no\", }", "it's", "a\\"});
  CHECK(repaired("[\"one\ntwo\tthree\"]") == json{"one two three"});
  for (const char* broken : {"{\"a\":", "\"", "\"\\", "/*", "//", "<!--", ",", "{broken", ";"}) {
    INFO(broken);
    CHECK(repaired(broken).is_discarded());
  }
}

TEST_CASE("an article's author and date come from JSON-LD with a small mistake") {
  for (const std::string& json : {"<!-- " + own + " -->", own + ";", "[" + own + ",]",
                                  own.substr(0, own.size() - 1) + ",}", other + "," + own + ","}) {
    INFO(json);
    const auto content = read(script(json), heading);
    CHECK(content.author == "Ann Lee");
    CHECK(content.published == "2024-01-01");
  }
}

TEST_CASE("the article of JSON-LD is the one with the page's headline or address") {
  CHECK(read(script(other) + script(own), heading).author == "Ann Lee");
  CHECK(read(script("[" + other + "," + own + "]"), heading).author == "Ann Lee");
  CHECK(read(script(other), heading + "<p class=byline>By Ann Lee</p>").author == "Ann Lee");
  const std::string address = "https://www.example.org/news/pump-house/";
  const std::string addressed = article("A house for water", "Ann Lee", R"(,"url":")" + address + "\"");
  CHECK(read(script(other) + script(addressed), heading).author == "Ann Lee");
  const std::string main = article("A house for water", "Ann Lee",
                                   R"(,"mainEntityOfPage":{"@type":"WebPage","@id":")" + address + "\"}");
  CHECK(read(script(other) + script(main), heading).author == "Ann Lee");
  CHECK(read(script(other) + script(main) + "<link rel=canonical href=/news/pump-house>", heading,
             "https://example.org/?p=12")
            .author == "Ann Lee");
}

TEST_CASE("a headline that was written anew for search engines is still the page's") {
  const std::string anew = article("Pump house opens in Graz", "Ann Lee");
  CHECK(read(script(anew), heading).author == "Ann Lee");
  CHECK(parse_page(script(other) + text, "text/html", "")->author == "Bob Ray");  // a page without a heading
}

TEST_CASE("an article without a headline is the page's unless its address is another's") {
  const auto without_headline = [](const std::string& address) {
    return script(R"({"@type":"Article","author":{"name":"Ann Lee"},"url":")" + address + "\"}");
  };
  CHECK(read(without_headline("/news/pump-house"), heading).author == "Ann Lee");
  CHECK(read(without_headline("https://example.org/"), heading).author == "Ann Lee");
  CHECK(read(without_headline("/news/valves"), heading).author == "");
}

TEST_CASE("what hangs in a list of JSON-LD is another page") {
  const std::string list = R"({"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":)";
  CHECK(read(script(list + other + "}]}"), heading).author == "");
  CHECK(read(script(list + own + "}]}"), heading).published == "");
  const std::string blog = R"({"@type":"Blog","blogPost":[)" + own + "," + other + "]}";
  CHECK(read(script(blog), heading).author == "");
}
