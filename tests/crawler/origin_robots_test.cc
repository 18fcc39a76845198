// What robots.txt does to fetching, asked of real servers on a clock on which days pass (RFC 9309 §2.3,
// §2.4).

#include "crawler/http_fetcher.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_steady_clock.h"
#include "tests/support/loopback_server.h"
#include "tests/support/memory_stores.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;
using namespace stubkeeper::testing;
using namespace std::chrono_literals;

namespace {

ServerResponse robots_txt(const std::string& body) {
  return ServerResponse{200, body, "text/plain", {}};
}
ServerResponse moved_to(const std::string& location) {
  return ServerResponse{301, "", "", {{"Location", location}}};
}

struct Fixture {
  FakeClock clock{"2026-06-01T12:00:00Z"};
  MemoryRobotsCache robots;
  MemoryHostPauseStore pauses;
  FakeSteadyClock steady_clock;
  LoopbackServer server;

  Fixture() { server.serve_page("/a", "a"); }

  FetchResponse fetch(const std::string& address) {
    HttpOptions options;
    options.host_delay = 0ms;
    options.allow_addresses = {"127.0.0.0/8"};
    HttpFetcher fetcher{options, robots, pauses, clock, steady_clock};
    FetchResponse response;
    fetcher.fetch(
        {{1, address, "", ""}}, [&](FetchResponse answer) { response = std::move(answer); },
        [] { return true; });
    return response;
  }
  bool fetches() { return fetch(server.address("/a")).outcome == FetchOutcome::ok; }
  void robots_answers(int status) { server.answer("/robots.txt", ServerResponse{status, "", "", {}}); }
};

}  // namespace

TEST_CASE("a robots txt that cannot be had forbids all for 30 days and then nothing") {
  Fixture f;
  f.robots_answers(503);
  CHECK_FALSE(f.fetches());
  f.clock.advance(24h * 29);
  CHECK_FALSE(f.fetches());
  CHECK(f.server.hits("/a") == 0);
  f.clock.advance(24h * 2);
  CHECK(f.fetches());
  CHECK(f.server.hits("/robots.txt") == 3);
  // It is still asked for, and back in force the moment that it answers.
  f.server.answer("/robots.txt", robots_txt("User-agent: *\nDisallow: /\n"));
  CHECK_FALSE(f.fetches());
  CHECK(f.server.hits("/a") == 1);
}

TEST_CASE("30 days count from the first failure after the last answer") {
  Fixture f;
  f.robots_answers(500);
  CHECK_FALSE(f.fetches());
  f.clock.advance(24h * 20);
  f.robots_answers(404);
  CHECK(f.fetches());
  f.clock.advance(24h * 20);
  f.robots_answers(500);
  // What was answered last, that there is none, is kept to while nothing newer can be had.
  CHECK(f.fetches());
}

TEST_CASE("while it cannot be reached the last robots txt is kept to for longer than a day") {
  Fixture f;
  f.server.serve_page("/b", "b");
  f.server.answer("/robots.txt", robots_txt("User-agent: *\nDisallow: /b\n"));
  CHECK(f.fetches());
  f.clock.advance(48h);
  f.robots_answers(502);
  CHECK(f.fetches());
  CHECK(f.fetch(f.server.address("/b")).error.code == ErrorCode::refused);
  CHECK(f.server.hits("/b") == 0);
  // Unreachable is not an answer that is kept for a day: it is asked for each time.
  CHECK(f.server.hits("/robots.txt") == 3);
}

TEST_CASE("a robots txt that says too many requests does not allow all") {
  Fixture f;
  f.robots_answers(429);
  const auto response = f.fetch(f.server.address("/a"));
  CHECK(response.error.code == ErrorCode::refused);
  CHECK(f.server.hits("/a") == 0);
}

TEST_CASE("any other answer of 400 to 499 allows all") {
  for (const int status : {400, 401, 403, 404, 410, 451}) {
    Fixture f;
    f.robots_answers(status);
    INFO(status);
    CHECK(f.fetches());
  }
}

TEST_CASE("five redirects of robots txt are followed to other hosts and its rules hold where they began") {
  Fixture f;
  LoopbackServer elsewhere("127.0.0.2");
  elsewhere.serve_page("/a", "a");
  f.server.answer("/robots.txt", moved_to("/1"));
  f.server.answer("/1", moved_to("/2"));
  f.server.answer("/2", moved_to(elsewhere.address("/3")));
  elsewhere.answer("/3", moved_to("/4"));
  elsewhere.answer("/4", moved_to("/5"));
  elsewhere.answer("/5", robots_txt("User-agent: *\nDisallow: /\n"));
  CHECK_FALSE(f.fetches());
  CHECK(f.server.hits("/a") == 0);
  // The other host has a robots.txt of its own, which is not there.
  CHECK(f.fetch(elsewhere.address("/a")).outcome == FetchOutcome::ok);
}

TEST_CASE("after more than five redirects robots txt counts as not there") {
  Fixture f;
  f.server.answer("/robots.txt", moved_to("/1"));
  for (int i = 1; i < 6; ++i) f.server.answer("/" + std::to_string(i), moved_to("/" + std::to_string(i + 1)));
  f.server.answer("/6", robots_txt("User-agent: *\nDisallow: /\n"));
  CHECK(f.fetches());
  CHECK(f.server.hits("/6") == 0);
}

TEST_CASE("a redirect of robots txt to what is no web address is not followed") {
  for (const std::string target : {"file:///etc/passwd", "ftp://127.0.0.1/robots.txt", "javascript:0"}) {
    Fixture f;
    f.server.answer("/robots.txt", moved_to(target));
    INFO(target);
    CHECK(f.fetches());
  }
}

TEST_CASE("of a robots txt over 500 KiB the first part is obeyed") {
  Fixture f;
  f.server.answer("/robots.txt", robots_txt("User-agent: *\nDisallow: /a\n#" + std::string(600 * 1024, 'x') +
                                            "\nAllow: /a\n"));
  CHECK_FALSE(f.fetches());
  CHECK(f.server.hits("/a") == 0);
}

TEST_CASE("where no robots txt and no page can be had the pages fail with the reason") {
  FakeClock clock{"2026-06-01T12:00:00Z"};
  std::string address;
  {
    const LoopbackServer closed;
    address = closed.address("/a");
  }
  Fixture f;
  const auto response = f.fetch(address);
  REQUIRE(response.outcome == FetchOutcome::failed);
  CHECK(response.error.code == ErrorCode::network);
  // After 30 days the page itself is tried.
  f.clock.advance(24h * 31);
  CHECK(f.fetch(address).error.code == ErrorCode::network);
}
