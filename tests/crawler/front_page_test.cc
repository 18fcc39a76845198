#include "crawler/content.h"

#include "tests/support/catch.h"

using stubkeeper::crawler::redirects_to_front_page;

TEST_CASE("a page that leads to the front page of its site is told from one that moved") {
  for (const char* front :
       {"https://example.org/", "https://example.org", "http://www.example.org/index.html",
        "https://example.org/en/", "https://example.org/de-CH", "https://example.org/home"}) {
    INFO(front);
    CHECK(redirects_to_front_page("https://example.org/news/2026/pump", front));
    CHECK(redirects_to_front_page("https://www.example.org/?p=123", front));
    CHECK(redirects_to_front_page("https://blog.example.org/pump", front));
  }
}

TEST_CASE("other ways to end are none to a front page") {
  CHECK(!redirects_to_front_page("https://example.org/news/pump", "https://example.org/news/"));
  CHECK(!redirects_to_front_page("https://example.org/news/pump", "https://example.org/?p=123"));
  CHECK(!redirects_to_front_page("https://example.org/news/pump", "https://example.org/news/pump"));
  // Another site's.
  CHECK(!redirects_to_front_page("https://example.org/pump", "https://pumps.example.com/"));
  CHECK(!redirects_to_front_page("https://example.org/pump", "https://blog.example.org/"));
  CHECK(!redirects_to_front_page("https://notexample.org/pump", "https://example.org/"));
  // Was one before.
  CHECK(!redirects_to_front_page("http://example.org/", "https://www.example.org/en/"));
  CHECK(!redirects_to_front_page("http://example.org/index.php", "https://example.org/"));
  CHECK(!redirects_to_front_page("", "https://example.org/"));
}
