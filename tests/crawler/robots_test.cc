#include "crawler/robots.h"

#include <chrono>

#include "tests/support/catch.h"

using stubkeeper::crawler::Robots;

namespace {

bool allowed(const std::string& body, const std::string& path, const std::string& agent = "stubkeeper") {
  return Robots::parse(body).decide(agent, path).allowed;
}

}  // namespace

TEST_CASE("the example of RFC 9309 section 5.1 is decided as it says") {
  const std::string body =
      "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n"
      "User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n"
      "User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\nUser-Agent: quxbot\n";
  CHECK_FALSE(allowed(body, "/pictures/a.gif"));
  CHECK(allowed(body, "/publications/"));
  CHECK(allowed(body, "/example/page.html", "foobot"));
  CHECK_FALSE(allowed(body, "/example/other.html", "foobot"));
  CHECK_FALSE(allowed(body, "/example/page.html", "bazbot"));
  CHECK(allowed(body, "/example/other", "BarBot/1.0"));
  CHECK(allowed(body, "/anything", "quxbot"));
}

TEST_CASE("the longest match decides, and of two as long the one that allows") {
  CHECK(allowed("User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/c"));
  CHECK(allowed("User-agent: *\nDisallow: /page\nAllow: /page\n", "/page"));
}

TEST_CASE("a star stands for anything and a final dollar for the end") {
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /*.php$\n", "/a/b.php"));
  CHECK(allowed("User-agent: *\nDisallow: /*.php$\n", "/a/b.php?x"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /fish*\n", "/fishheads"));
  CHECK(allowed("User-agent: *\nDisallow: /fish$\n", "/fishheads"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /a*b*c\n", "/a---b---c---"));
}

TEST_CASE("encoded and plain octets are the same, but an encoded slash is no slash") {
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /caf%C3%A9\n", "/caf\xC3\xA9"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /caf\xC3\xA9\n", "/caf%c3%a9"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /%7Ejoe\n", "/~joe"));
  CHECK(allowed("User-agent: *\nDisallow: /a/b\n", "/a%2Fb"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /a%2fb\n", "/a%2Fb"));
}

TEST_CASE("the paths of RFC 9309 section 2_2_2 match as its table says") {
  const auto disallows = [](const std::string& pattern, const std::string& path) {
    return !allowed("User-agent: *\nDisallow: " + pattern + "\n", path);
  };
  CHECK(disallows("/foo/bar?baz=quz", "/foo/bar?baz=quz"));
  CHECK(disallows("/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar"));
  CHECK(disallows("/foo/bar?baz=https%3A%2F%2Ffoo.bar", "/foo/bar?baz=https://foo.bar"));
  CHECK(disallows("/foo/bar/\xE3\x83\x84", "/foo/bar/%E3%83%84"));
  CHECK(disallows("/foo/bar/%e3%83%84", "/foo/bar/\xE3\x83\x84"));
  CHECK(disallows("/foo/bar/%62%61%7A", "/foo/bar/baz"));
}

TEST_CASE("an encoded star or dollar in a rule is that character") {
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /path/file-with-a-%2A.html\n", "/path/file-with-a-*.html"));
  CHECK(allowed("User-agent: *\nDisallow: /path/file-with-a-%2A.html\n", "/path/file-with-a-b.html"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /path/foo-%24\n", "/path/foo-$"));
  CHECK(allowed("User-agent: *\nDisallow: /path/foo-%24\n", "/path/foo-"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /a$b\n", "/a%24b"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /a*\n", "/a*b"));
}

TEST_CASE("reserved characters that delimit are not the same encoded and others are") {
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /a:b\n", "/a%3Ab"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /a%40b\n", "/a@b"));
  CHECK(allowed("User-agent: *\nDisallow: /a?b=c\n", "/a?b%3Dc"));
  CHECK(allowed("User-agent: *\nDisallow: /a?b\n", "/a%3Fb"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /*/private\n", "/a?path=x/private"));
}

TEST_CASE("groups of one agent are taken together, and a named group goes before the star") {
  const std::string body =
      "User-agent: stubkeeper\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: "
      "STUBKEEPER\nDisallow: /b\n";
  CHECK_FALSE(allowed(body, "/a"));
  CHECK_FALSE(allowed(body, "/b"));
  CHECK(allowed(body, "/c"));
  CHECK_FALSE(allowed(body, "/c", "other"));
}

TEST_CASE("a BOM, carriage returns, comments and unknown lines are no trouble") {
  CHECK_FALSE(allowed("\xEF\xBB\xBFUser-agent: * # all\r\rSitemap: x\rDisallow: /a # no\r", "/a"));
  CHECK(allowed("Disallow: /\n", "/a"));
  CHECK(allowed("User-agent: *\nDisallow:\n", "/a"));
  CHECK(allowed("", "/a"));
}

TEST_CASE("robots.txt itself may always be fetched") {
  CHECK(allowed("User-agent: *\nDisallow: /\n", "/robots.txt"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /\n", "https://example.org"));
}

TEST_CASE("the decision names the rule and its line") {
  const auto decision = Robots::parse("# x\nUser-agent: *\nAllow: /\nDisallow: /private\n")
                            .decide("stubkeeper", "https://example.org/private/a");
  REQUIRE(decision.rule);
  CHECK(decision.rule->line == 4);
  CHECK(decision.rule->pattern == "/private");
}

TEST_CASE("other records end no group as section 2_2_4 demands") {
  const std::string body =
      "User-agent: a\nSitemap: https://example.org/1.xml\nCrawl-delay: 3\nX-Other: 1\nUser-agent: "
      "b\nDisallow: /x\nSitemap: https://example.org/2.xml\nDisallow: /y\n";
  for (const char* agent : {"a", "b"}) {
    CHECK_FALSE(allowed(body, "/x", agent));
    CHECK_FALSE(allowed(body, "/y", agent));
  }
  const Robots robots = Robots::parse(body);
  CHECK(robots.sitemaps() ==
        std::vector<std::string>{"https://example.org/1.xml", "https://example.org/2.xml"});
  CHECK(robots.crawl_delay("a") == std::chrono::milliseconds{3000});
  CHECK_FALSE(robots.crawl_delay("b"));
}

TEST_CASE("an agent's line is matched by its product token alone") {
  const std::string body = "User-agent: foobot/2.1 (news)\nDisallow: /a\n\nUser-agent: *bot\nDisallow: /\n";
  CHECK_FALSE(allowed(body, "/a", "FooBot"));
  CHECK(allowed(body, "/b", "foobot"));
  CHECK(allowed(body, "/a", "foo"));
  CHECK(allowed(body, "/a", "foobots"));
  // "*bot" is no product token: its group is nobody's.
  CHECK(allowed(body, "/b", "bot"));
  CHECK(allowed("User-agent:\nDisallow: /\n", "/a", ""));
}

TEST_CASE("a line that 500 KiB cut off is no rule") {
  std::string body = "User-agent: *\n";
  body += "#" + std::string(500 * 1024 - body.size() - 14, 'x') + "\n";
  body += "Disallow: /admin\n";
  CHECK(allowed(body, "/about"));
}

TEST_CASE("what lies past 500 KiB is not read") {
  const std::string padding(500 * 1024, '#');
  CHECK(allowed(padding + "\nUser-agent: *\nDisallow: /\n", "/a"));
}

TEST_CASE("a pattern of many stars costs no more than pattern times path") {
  std::string pattern = "/";
  for (int i = 0; i < 200; ++i) pattern += "*a";
  const std::string path = "/" + std::string(20'000, 'a');
  // With exponential matching this would not come back.
  CHECK(allowed("User-agent: *\nDisallow: " + pattern + "b\n", path));
}

TEST_CASE("a crawl delay is read for the agent's own group") {
  const auto robots = Robots::parse("User-agent: a\nCrawl-delay: 2.5\nUser-agent: *\nCrawl-delay: 7\n");
  CHECK(robots.crawl_delay("a") == std::chrono::milliseconds{2500});
  CHECK(robots.crawl_delay("b") == std::chrono::milliseconds{7000});
}
