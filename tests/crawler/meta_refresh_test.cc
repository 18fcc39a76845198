#include "crawler/extract/meta_refresh.h"

#include "tests/crawler/fetcher_fixture.h"
#include "tests/support/loopback_server.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;
using namespace stubkeeper::testing;

namespace {

const std::string own = "https://example.org/old/page";

std::optional<DeclaredMove> find(const std::string& body, const std::string& header = "") {
  return find_declared_move(body, "text/html", header, own);
}

std::string refresh(const std::string& content) {
  return "<html><head><title>Moved</title><meta http-equiv=\"refresh\" content=\"" + content +
         "\"></head><body><a href=/new>Here</a></body></html>";
}

std::string target(const std::string& content) {
  const auto move = find(refresh(content));
  return move ? move->address : "";
}

const std::string long_text =
    "<p>" + std::string(700, 'x') + " is what this page says at length, and it says more than that.</p>";

}  // namespace

TEST_CASE("the address of a refresh is read as browsers read it") {
  for (const char* content : {"0; url=/new", "0;URL=/new", "0;url='/new'", "0; url = /new ", "0, url=/new",
                              "0 /new", "0;/new", " 0 ; url=/new", "0.0; url=https://example.org/new",
                              "0; url=&quot;/new&quot; x", "0; url=../new", "00; url=//example.org/new"}) {
    INFO(content);
    CHECK(target(content) == "https://example.org/new");
  }
  for (const char* content :
       {"", "0", "300", "x; url=/new", "; url=/new", "0;", "0; url=", "0; url=page", "0; url=/old/page#part",
        "0; url=javascript:alert(1)", "0; url=file:///etc/passwd", "0; url=data:text/html,x", "0x /new"}) {
    INFO(content);
    CHECK(target(content) == "");
  }
}

TEST_CASE("a refresh at once is a move and one that waits only of a page with little text") {
  CHECK(find(refresh("0; url=/new"))->is_instant);
  CHECK(find(refresh("0; url=/new") + long_text).has_value());
  REQUIRE(find(refresh("5; url=/new")).has_value());
  CHECK_FALSE(find(refresh("5; url=/new"))->is_instant);
  CHECK_FALSE(find(refresh("5; url=/new") + long_text).has_value());
  CHECK_FALSE(find(refresh("600; url=/new")).has_value());
  CHECK_FALSE(find(refresh("99999999999999999999; url=/new")).has_value());
}

TEST_CASE("only the page itself declares where it moved") {
  const std::string meta = "<meta http-equiv=refresh content='0; url=/new'>";
  CHECK(find("<html><body>" + meta).has_value());
  CHECK_FALSE(find("<html><head><noscript>" + meta + "</noscript></head>" + long_text).has_value());
  CHECK_FALSE(
      find("<html><body><!-- " + meta + " --><pre>&lt;meta http-equiv=refresh content='0; url=/new'></pre>")
          .has_value());
  CHECK_FALSE(find("<html><script>var x = \"" + meta + "\"</script>").has_value());
  CHECK_FALSE(find("<html><template>" + meta + "</template>").has_value());
  CHECK_FALSE(find_declared_move("# http-equiv refresh", "text/plain", "", own).has_value());
  CHECK_FALSE(find_declared_move("%PDF-1.7", "application/pdf", "0; url=/new", own).has_value());
  CHECK(find("<html><p>x", "0; url=/new")->address == "https://example.org/new");
  CHECK(find("<html><base href=https://other.example/a/>" + meta)->address == "https://other.example/new");
}

TEST_CASE("a page that moved by refresh is fetched where it moved to") {
  FetcherFixture f;
  LoopbackServer server;
  server.answer("/old", ServerResponse{200, refresh("0; url=/new"), "text/html", {}});
  server.serve_page("/new", "<p>new");
  const auto moved = f.fetch(server.address("/old"));
  CHECK(moved.outcome == FetchOutcome::ok);
  CHECK(moved.body == "<p>new");
  CHECK(moved.final_address == server.address("/new"));
  CHECK(moved.moved_permanently);

  server.answer("/late", ServerResponse{200, refresh("5; url=/new"), "text/html", {}});
  const auto late = f.fetch(server.address("/late"));
  CHECK(late.body == "<p>new");
  CHECK_FALSE(late.moved_permanently);

  server.answer("/temporary", ServerResponse{302, "", "", {{"Location", "/old"}}});
  CHECK_FALSE(f.fetch(server.address("/temporary")).moved_permanently);
}

TEST_CASE("a refresh leads no further than a redirect does") {
  FetcherFixture f;
  LoopbackServer server;
  server.answer("/a", ServerResponse{200, refresh("0; url=/b"), "text/html", {}});
  server.answer("/b", ServerResponse{200, refresh("0; url=/a"), "text/html", {}});
  const auto circle = f.fetch(server.address("/a"));
  CHECK(circle.outcome == FetchOutcome::failed);
  CHECK(circle.error.message.find("redirects more than") != std::string::npos);

  server.answer("/inside", ServerResponse{200, refresh("0; url=http://10.0.0.1/"), "text/html", {}});
  const auto inside = f.fetch(server.address("/inside"));
  CHECK(inside.outcome == FetchOutcome::failed);

  server.answer("/robots.txt", ServerResponse{200, "User-agent: *\nDisallow: /private", "text/plain", {}});
  server.answer("/open", ServerResponse{200, refresh("0; url=/private/x"), "text/html", {}});
  FetcherFixture fresh;
  CHECK(fresh.fetch(server.address("/open")).outcome == FetchOutcome::failed);
  CHECK(server.hits("/private/x") == 0);
}
