// Feeds and sitemaps that are no well-formed XML, read as their writers meant them.

#include "crawler/content.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;

namespace {

Feed read(const std::string& bytes) {
  auto feed = parse_feed(bytes, "", "https://kiln.example/feed.xml");
  INFO((feed.ok() ? "" : feed.error().text()));
  REQUIRE(feed.ok());
  return *feed;
}

constexpr const char* sound_item =
    "<item><guid>g</guid><title>Oil &amp; salt: T &gt; 90</title><link>https://kiln.example/?x=1&amp;y=2</link>"
    "<description>&lt;p&gt;Salt &amp;amp; oil.&lt;/p&gt;&lt;p&gt;More&lt;/p&gt;</description></item>";

std::string feed_with(const std::string& mistake) {
  return "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Kiln</title>\n" +
         std::string{sound_item} + "\n" + mistake + "\n" + sound_item + "\n</channel></rss>";
}

void check_sound(const Item& item) {
  CHECK(item.id == "g");
  CHECK(item.title == "Oil & salt: T > 90");
  CHECK(item.url == "https://kiln.example/?x=1&y=2");
  CHECK(item.summary == "Salt & oil.\n\nMore");
}

std::vector<std::string> titles(const Feed& feed) {
  std::vector<std::string> found;
  for (const Item& item : feed.items) found.push_back(item.title);
  return found;
}

std::vector<std::string> titles(const std::string& bytes) {
  return titles(read(bytes));
}

}  // namespace

TEST_CASE("after a mistake the items of a feed are read as before it") {
  for (const char* mistake : {
           "<item><title>a</title><description>one<br>two</description></item>",
           "<item><title>a</title><description>one<p>two</description></item>",
           "<item><title>a</title><description>one</p>two</description></item>",
           "<item><title>a</title><description>one<b><i>two</b></i></description></item>",
           "<item><title>a</title>",
           "<item><title>a</title><description>",
           "<item><title>a</item>",
           "<item><title>a</titel></item>",
           "<item><title>a</title></itme>",
           "<item><title>a</Title></ITEM>",
           "<item><title>a</title><enclosure url=\"b\" url=\"c\"/></item>",
           "<item><title>a</title><enclosure url=b.mp3 length=7/></item>",
           "<item><title>a</title><enclosure url=\"b.mp3/></item>",
           "<item><title>a</title><source url='x></source></item>",
           "<item><title>a</title><media:content url=\"x\" hidden/></item>",
           "<!-- one -- two --><item><title>a</title></item>",
           "<!-- one ---><item><title>a</title></item>",
           "<item><title>a</title><description>&#1;&#xD800;&#x110000;</description></item>",
           "<item><title>a</title><description>one ]]> two</description></item>",
           "<?xml version=\"1.0\"?><item><title>a</title></item>",
           "<item><title>a</title><author>Jane <jane@kiln.example></author></item>",
           "</description><item><title>a</title></item>",
       }) {
    CAPTURE(mistake);
    const Feed feed = read(feed_with(mistake));
    REQUIRE(feed.items.size() == 3);
    check_sound(feed.items[0]);
    CHECK(feed.items[1].title == "a");
    check_sound(feed.items[2]);
  }
}

TEST_CASE("the first mistake of a feed is named, and a well-formed one has none") {
  CHECK(read(feed_with("")).mistake.empty());
  CHECK(read(feed_with("<item><title>Fish & chips &copy; <3</title></item>")).mistake.empty());
  const std::string mistake = read(feed_with("<item><title>a</titel></item>")).mistake;
  CHECK(mistake.starts_with("line 4: "));
  CHECK(mistake.find("titel") != std::string::npos);
}

TEST_CASE("a tag that is none is text of its title") {
  const Feed feed = read(feed_with("<item><title>A valve for <kiln-9</title></item>"));
  REQUIRE(feed.items.size() == 3);
  CHECK(feed.items[1].title == "A valve for <kiln-9");
  check_sound(feed.items[2]);
}

TEST_CASE("a channel's open element and early ends swallow no item") {
  using Titles = std::vector<std::string>;
  const std::string items = "<item><title>1</title></item><item><title>2</title></item>";
  CHECK(titles("<rss><channel><description>all about kilns" + items + "</channel></rss>") ==
        Titles{"1", "2"});
  CHECK(titles("<rss><channel><item><title>0</title></item></channel>" + items + "</rss>") ==
        Titles{"0", "1", "2"});
  CHECK(titles("<rss><channel><item><title>0</title></item></channel></rss>" + items + "</rss>") ==
        Titles{"0", "1", "2"});
  CHECK(titles("<rss><channel><image><url>a</url></image>" + items + "<item><title>3") ==
        Titles{"1", "2", "3"});
  CHECK(titles("<rss><channel>" + items + "<!-- never closed <item><title>3</title></item>") ==
        Titles{"1", "2", "3"});
  CHECK(titles("<feed><entry><title>1</title><entry><title>2</title></entry></feed>") == Titles{"1", "2"});
  CHECK(titles("<rdf:RDF><channel><title>K</title><item><title>1</title><item><title>2</title></rdf:RDF>") ==
        Titles{"1", "2"});
}

TEST_CASE("of several documents in one file the feed with items is read") {
  using Titles = std::vector<std::string>;
  const std::string feed = "<rss><channel><item><title>1</title></item></channel></rss>";
  for (const std::string before : {"<rss/>", "<rss></rss>", "<br />\n<b>Warning</b>: oven.php on line 3",
                                   "<br>\n", "<rss><channel></channel></rss>", "<html><body>"}) {
    CAPTURE(before);
    CHECK(titles(before + "\n" + feed) == Titles{"1"});
  }
  CHECK(titles(feed + "<script>track()</script><!-- cached -->") == Titles{"1"});
}

TEST_CASE("the depth of a broken feed hides nothing behind it") {
  std::string deep;
  for (int i = 0; i < 1'000; ++i) deep += "<div>";
  const Feed feed = read(feed_with("<item><title>a</title><description>" + deep + "</description></item>"));
  REQUIRE(feed.items.size() == 3);
  check_sound(feed.items[2]);
}

TEST_CASE("a broken sitemap keeps its addresses") {
  for (const char* mistake :
       {"<!-- made -- so -->", "<url><loc>https://kiln.example/0</loc>", "<url><loc>https://kiln.example/0",
        "<url><loc>https://kiln.example/0</lok></url>",
        "<url a=1 a=1><loc>https://kiln.example/0</loc></url>"}) {
    CAPTURE(mistake);
    const auto map = parse_sitemap("<urlset>" + std::string{mistake} +
                                   "<url><loc>https://kiln.example/?x=1&amp;y=2</loc></url>"
                                   "<url><loc>https://kiln.example/?x=3&amp;y=4</loc></url>");
    REQUIRE(map.ok());
    REQUIRE(map->items.size() >= 2);
    CHECK(map->items[map->items.size() - 2].url == "https://kiln.example/?x=1&y=2");
    CHECK(map->items.back().url == "https://kiln.example/?x=3&y=4");
    CHECK_FALSE(map->mistake.empty());
  }
}

TEST_CASE("a namespace that is written another way is the same") {
  for (const char* name : {"https://www.w3.org/2005/Atom", "http://w3.org/2005/Atom", "www.w3.org/2005/atom/",
                           "https://kiln.example/own"}) {
    CAPTURE(name);
    const Feed feed = read("<feed xmlns=\"" + std::string{name} +
                           "\"><title>Kiln</title><entry><id>1</id><title>One</title></entry></feed>");
    CHECK(feed.title == "Kiln");
    REQUIRE(feed.items.size() == 1);
    CHECK(feed.items[0].title == "One");
  }
  CHECK(read("<rss xmlns:dc='https://purl.org/dc/elements/1.1/'><channel><item><dc:creator>Jane"
             "</dc:creator></item></channel></rss>")
            .items.at(0)
            .author == "Jane");
  const auto map = parse_sitemap(
      "<urlset xmlns=\"https://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>https://kiln.example/1</loc>"
      "</url></urlset>");
  REQUIRE(map.ok());
  CHECK(map->items.size() == 1);
}

TEST_CASE("a feed none of whose items can be read is an error, and one without items is not") {
  const auto hidden = parse_feed(
      "<feed xmlns=\"http://www.w3.org/2005/Atom\"><list><entry><title>1</title></entry></list></feed>", "",
      "https://kiln.example/");
  REQUIRE_FALSE(hidden.ok());
  CHECK(hidden.error().message == "none of the feed's items can be read");
  CHECK(read("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Kiln</title></feed>").items.empty());
}

TEST_CASE("angle brackets in titles of RSS are text unless they mark text up") {
  const auto title = [](const std::string& escaped) {
    return read("<rss><channel><item><title>" + escaped + "</title></item></channel></rss>")
        .items.at(0)
        .title;
  };
  CHECK(title("A map&lt;string, int&gt; for kilns") == "A map<string, int> for kilns");
  CHECK(title("Why &lt;thermostat&gt; fails") == "Why <thermostat> fails");
  CHECK(title("The &lt;b&gt; element") == "The <b> element");
  CHECK(title("An end &lt;/em&gt; alone") == "An end </em> alone");
  CHECK(title("&lt;b&gt;Hot&lt;/b&gt; and &lt;EM class='x'&gt;cold&lt;/em&gt; H&lt;sub&gt;2&lt;/sub&gt;O") ==
        "Hot and cold H2O");
  CHECK(title("One&lt;br/&gt;two") == "One two");
  CHECK(title("x &lt; y &amp;amp; y &lt;z") == "x < y & y <z");
  CHECK(title("<![CDATA[A <select> box & <i>more</i>]]>") == "A <select> box & more");
  CHECK(title("AT&amp;amp;T") == "AT&T");
}

TEST_CASE("of several alternate links the page's is taken") {
  const auto url = [](const std::string& links, const std::string& language = "en") {
    return read("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" + language + "\"><entry>" + links +
                "</entry></feed>")
        .items.at(0)
        .url;
  };
  const std::string atom =
      "<link rel='alternate' type='application/atom+xml' href='https://kiln.example/atom'/>";
  const std::string json = "<link rel='alternate' type='application/json' href='https://kiln.example/json'/>";
  const std::string html = "<link rel='alternate' type='text/html' href='https://kiln.example/html'/>";
  const std::string plain = "<link href='https://kiln.example/plain'/>";
  const std::string german =
      "<link type='text/html; charset=utf-8' hreflang='de-AT' href='https://kiln.example/de'/>";
  const std::string english = "<link type='text/html' hreflang='en' href='https://kiln.example/en'/>";
  CHECK(url(atom + html) == "https://kiln.example/html");
  CHECK(url(atom + json + plain) == "https://kiln.example/plain");
  CHECK(url(atom) == "https://kiln.example/atom");
  CHECK(url(german + english) == "https://kiln.example/en");
  CHECK(url(english + german, "de") == "https://kiln.example/de");
  CHECK(url("<link rel='self' type='text/html' href='https://kiln.example/self'/>" + plain) ==
        "https://kiln.example/plain");
  CHECK(
      url("<link rel='http://www.iana.org/assignments/relation/alternate' href='https://kiln.example/l'/>") ==
      "https://kiln.example/l");
}
