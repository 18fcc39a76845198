// What is sent along, what is read in an answer, and the ways that it may come.

#include <cstdlib>

#include "base/version.h"
#include "tests/crawler/fetcher_fixture.h"
#include "tests/support/loopback_server.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;
using namespace stubkeeper::testing;
using namespace std::chrono_literals;

namespace {

// An environment variable with a value of the test's, until the end of the object.
class EnvironmentVariable {
 public:
  EnvironmentVariable(std::string name, const std::string& value) : name_(std::move(name)) {
    ::setenv(name_.c_str(), value.c_str(), 1);
  }
  ~EnvironmentVariable() { ::unsetenv(name_.c_str()); }
  EnvironmentVariable(const EnvironmentVariable&) = delete;
  EnvironmentVariable& operator=(const EnvironmentVariable&) = delete;

 private:
  std::string name_;
};

ServerResponse moved(int status, const std::string& to) {
  return ServerResponse{status, "", "", {{"Location", to}}};
}

bool has_validators(const ServerRequest& request) {
  return request.headers.count("if-none-match") > 0 || request.headers.count("if-modified-since") > 0;
}

}  // namespace

TEST_CASE("the User-Agent names the program and the contact") {
  FetcherFixture f;
  f.options.contact = "https://example.org/about";
  LoopbackServer server;
  f.fetch(server.address("/a"));
  REQUIRE(server.requests().size() == 2);
  for (const ServerRequest& request : server.requests())
    CHECK(request.headers.at("user-agent") ==
          "stubkeeper/" + std::string{program_version()} + " (+https://example.org/about)");
}

TEST_CASE("validators go to the address that gave them and to no other") {
  FetcherFixture f;
  LoopbackServer server;
  server.answer("/old", moved(302, "/new"));
  server.serve_page("/new", "new");
  const auto first = f.fetch(server.address("/old"));
  REQUIRE(first.outcome == FetchOutcome::ok);
  REQUIRE(first.final_address == server.address("/new"));

  server.forget_requests();
  const auto again = f.fetch({{1, server.address("/old"), first.etag, "x", first.final_address}});
  CHECK(again[0].outcome == FetchOutcome::not_modified);
  REQUIRE(server.requests().size() == 2);
  CHECK_FALSE(has_validators(server.requests()[0]));
  CHECK(has_validators(server.requests()[1]));

  // Now it leads somewhere else, where the same validator would mean nothing.
  server.answer("/old", moved(302, "/other"));
  server.serve_page("/other", "other");
  server.forget_requests();
  CHECK(f.fetch({{1, server.address("/old"), first.etag, "x", first.final_address}})[0].outcome ==
        FetchOutcome::ok);
  for (const ServerRequest& request : server.requests()) CHECK_FALSE(has_validators(request));

  // Validators of the address itself do not go along to where it redirects.
  server.forget_requests();
  CHECK(f.fetch({{1, server.address("/old"), first.etag, "x"}})[0].outcome == FetchOutcome::ok);
  REQUIRE(server.requests().size() == 2);
  CHECK(has_validators(server.requests()[0]));
  CHECK_FALSE(has_validators(server.requests()[1]));
}

TEST_CASE("an answer says how long it stays good, also one that is not modified") {
  FetcherFixture f;
  LoopbackServer server;
  server.answer("/max-age",
                ServerResponse{200, "a", "text/plain", {{"Cache-Control", "max-age=7200"}, {"Age", "200"}}});
  server.answer("/expires", ServerResponse{304,
                                           "",
                                           "",
                                           {{"Expires", "Mon, 29 Jun 2026 13:00:00 GMT"},
                                            {"Date", "Mon, 29 Jun 2026 12:00:00 GMT"}}});
  server.answer(
      "/two",
      ServerResponse{
          200, "a", "text/plain", {{"Cache-Control", "max-age=7200"}, {"Cache-Control", "no-cache"}}});
  CHECK(f.fetch(server.address("/max-age")).remaining_freshness == 7000s);
  CHECK(f.fetch({{1, server.address("/expires"), "\"x\"", ""}})[0].remaining_freshness == 3600s);
  CHECK(f.fetch(server.address("/two")).remaining_freshness == 0s);
}

TEST_CASE("requests go through the proxy that the environment names") {
  FetcherFixture f;
  LoopbackServer proxy;
  proxy.answer("http://news.test/a", ServerResponse{200, "by proxy", "text/plain", {}});
  LoopbackServer direct("127.0.0.2");
  direct.serve_page("/a", "directly");
  f.options.allow_addresses = {direct.host_and_port()};
  const EnvironmentVariable http_proxy{"http_proxy", proxy.address("")};
  {
    const EnvironmentVariable no_proxy{"no_proxy", "localhost, 127.0.0.2,.internal.test"};
    CHECK(f.fetch("http://news.test/a").body == "by proxy");
    CHECK(f.fetch(direct.address("/a")).body == "directly");
    CHECK(proxy.hits("http://news.test/robots.txt") == 1);
    CHECK(proxy.requests().size() == 2);
  }
  const EnvironmentVariable no_proxy{"NO_PROXY", "*"};
  CHECK(f.fetch(direct.address("/a")).body == "directly");
  CHECK(proxy.requests().size() == 2);
}

TEST_CASE(
    "all_proxy stands in where no proxy is named for the scheme, and HTTP_PROXY in capitals does not count") {
  FetcherFixture f;
  LoopbackServer proxy;
  proxy.answer("http://news.test/a", ServerResponse{200, "by proxy", "text/plain", {}});
  {
    const EnvironmentVariable all_proxy{"ALL_PROXY", proxy.address("")};
    CHECK(f.fetch("http://news.test/a").body == "by proxy");
  }
  const EnvironmentVariable capitals{"HTTP_PROXY", proxy.address("")};
  f.fetch("http://127.0.0.1:1/");
  CHECK(proxy.requests().size() == 2);
}

TEST_CASE("a proxy that is down says nothing about the host, and its password is in no message") {
  FetcherFixture f;
  const EnvironmentVariable proxy{"http_proxy", "http://me:secret@127.0.0.1:1"};
  const auto response = f.fetch("http://news.test/a");
  CHECK(response.outcome == FetchOutcome::failed);
  CHECK_FALSE(response.unreachable);
  CHECK(response.error.text().find("secret") == std::string::npos);
}
