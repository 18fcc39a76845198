// A front page's list of news is its text; a box with other stories beside a story is not.

#include "crawler/content.h"
#include "tests/support/catch.h"

using namespace stubkeeper::crawler;

namespace {

std::string text_of(const std::string& head, const std::string& body, const std::string& address) {
  const auto content =
      parse_page("<!doctype html><html lang=en><head><meta charset=utf-8><title>Kelpora</title>" + head +
                     "</head><body>" + body + "</body></html>",
                 "text/html; charset=utf-8", address);
  REQUIRE(content.ok());
  return content->text;
}

bool has_news(const std::string& text) {
  return text.find("raised $36.4 million") != std::string::npos;
}

const std::string front = "https://kelpora.example/";
const std::string navigation = "<nav><a href=/>Home</a><a href=/news>News</a></nav>";
const std::string hero =
    "<section class=hero><h1>Kelpora</h1><p>Built for teams that cannot afford downtime.</p></section>";
const std::string about =
    "<section><h2>About us</h2><p>Customers in 23 countries use film from Kelpora.</p><p>The plant in Cork makes "
    "400 tonnes of film a year from farmed kelp, and sells it to bakeries.</p></section>";
const std::string items =
    "<li><time>9 December 2026</time> Kelpora has raised $36.4 million in a Series B round led by Birk.</li>"
    "<li><time>3 March 2026</time> Kelpora hires a plant manager for Cork.</li>";

std::string list_under(const std::string& heading) {
  return "<section><h2>" + heading + "</h2><ul>" + items + "</ul></section>";
}

// Sentences of a story, about `bytes` of them.
std::string story(std::size_t bytes) {
  std::string text;
  for (int hall = 1; text.size() < bytes; ++hall) {
    const std::string number = std::to_string(hall);
    text += "<p>Hall " + number + " of the works in Graz makes four hundred pumps a day, and line " + number +
            " is to open in the spring of 2027.</p>";
  }
  return text;
}

}  // namespace

TEST_CASE("the list below Latest news on a front page is read, in any order and language") {
  for (const std::string heading :
       {"Latest news", "News", "Press releases", "In the news", "Latest articles", "Recent posts",
        "Aktuelles", "Neueste Meldungen", "Actualités", "Communiqués de presse", "Últimas noticias",
        "Notas de prensa", "Comunicati stampa", "Laatste nieuws", "Notícias", "Aktualności", "Новости",
        "お知らせ", "最新消息"}) {
    INFO(heading);
    const std::string list = list_under(heading);
    for (const std::string& body : {hero + list + about, hero + about + list, list + hero + about}) {
      CHECK(has_news(text_of("", navigation + "<main><article>" + body + "</article></main>", front)));
      CHECK(has_news(text_of("", navigation + "<main>" + body + "</main>", front)));
      CHECK(has_news(text_of("", navigation + "<div>" + body + "</div>", front)));
      // A file, or an address that says nothing.
      CHECK(has_news(text_of("", navigation + "<main><article>" + body + "</article></main>", "after.html")));
    }
  }
}

TEST_CASE("cards, bare links and a sidebar of news on a front page are read") {
  const std::string cards =
      "<section class=cards><h2>Latest news</h2><div class=card><h3><a href=/1>Kelpora has raised $36.4 "
      "million</a></h3><p>Birk leads the round.</p></div><div class=card><h3><a href=/2>Kelpora hires</a></h3><p>A "
      "manager for Cork.</p></div></section>";
  std::string links =
      "<section><h2>Press releases</h2><ul><li><a href=/0>Kelpora has raised $36.4 million in a "
      "round led by Birk</a></li>";
  for (int i = 1; i < 9; ++i) {
    const std::string number = std::to_string(i);
    links += "<li><a href=/" + number + ">Kelpora opens its plant number " + number + " in Cork</a></li>";
  }
  links += "</ul></section>";
  const std::string sidebar = "<aside class=sidebar><h2>Latest news</h2><ul>" + items + "</ul></aside>";
  const std::string long_about = about + "<section><h2>Plants</h2>" + story(2'000) + "</section>";
  for (const std::string& news : {cards, links, sidebar}) {
    INFO(news);
    CHECK(has_news(text_of("", navigation + "<main>" + hero + news + long_about + "</main>", front)));
    CHECK(has_news(text_of("", navigation + "<main>" + hero + long_about + news + "</main>", front)));
    // Beside the main element.
    CHECK(has_news(text_of("", navigation + "<main>" + hero + long_about + "</main>" + news, front)));
    CHECK(has_news(text_of("", navigation + news + "<main>" + hero + long_about + "</main>", front)));
  }
}

TEST_CASE("an item that comes to a front page's list changes its text, and its date is not the page's") {
  const std::string body = hero + list_under("Latest news") + about;
  const auto content = parse_page("<title>Kelpora | Home</title><main><article>" + body + "</article></main>",
                                  "text/html", front);
  REQUIRE(content.ok());
  CHECK(has_news(content->text));
  CHECK(content->published == "");
}

TEST_CASE("boxes of other stories beside a story are left out") {
  const std::string typed =
      R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":"H"}</script>)";
  const std::string graph = "<meta property=og:type content=article>";
  const std::string body = "<main><article><h1>A pump for Graz</h1>" + story(2'000);
  for (const std::string heading : {"Latest news", "Latest articles", "Recent posts"}) {
    INFO(heading);
    const std::string box = list_under(heading);
    CHECK_FALSE(has_news(text_of(typed, body + box + "</article></main>", "https://paper.example/a")));
    CHECK_FALSE(has_news(text_of(graph, body + box + "</article></main>", "https://paper.example/a")));
    CHECK_FALSE(
        has_news(text_of("", body + box + "</article></main>", "https://paper.example/news/2026/pump")));
    CHECK_FALSE(has_news(text_of(typed, body + "</article></main><aside>" + box + "</aside>",
                                 "https://paper.example/news/2026/pump")));
    CHECK_FALSE(has_news(text_of(typed, body + "</article></main><div>" + box + "</div>",
                                 "https://paper.example/news/2026/pump")));
  }
}

TEST_CASE("related boxes are left out on every page") {
  for (const std::string heading : {"Related articles", "You may also like", "Most read", "Trending"}) {
    INFO(heading);
    const std::string body =
        "<main><h1>A pump for Graz</h1>" + story(2'000) + list_under(heading) + "</main>";
    for (const std::string& address :
         {front, std::string{"https://kelpora.example/news/2026/pump"}, std::string{}})
      CHECK_FALSE(has_news(text_of("", body, address)));
  }
}

TEST_CASE("a box of bare titles below a long text of an unknown kind is left out") {
  const std::string box =
      "<h2>Latest articles</h2><ul><li><a href=/1>Kelpora has raised $36.4 million</a></li><li><a href=/2>A "
      "dairy in Styria</a></li></ul>";
  CHECK_FALSE(has_news(
      text_of("", "<main><article><h1>A pump for Graz</h1>" + story(2'000) + box + "</article></main>",
              "https://paper.example/pump")));
}
