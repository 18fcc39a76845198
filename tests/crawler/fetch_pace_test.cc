// How fast and how often hosts are asked: limits, delays and pauses, on a clock of the test's own.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>

#include "tests/crawler/fetcher_fixture.h"
#include "tests/support/loopback_server.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;
using namespace stubkeeper::testing;
using namespace std::chrono_literals;

namespace {

// Pages of one server that note the time at which they were asked for.
struct TimedPages {
  LoopbackServer server;
  std::mutex mutex;
  std::vector<std::chrono::milliseconds> times;
  std::vector<FetchRequest> requests;

  TimedPages(const FakeSteadyClock& steady_clock, int count, const std::string& host = "127.0.0.1") : server(host) {
    for (int i = 0; i < count; ++i) {
      const std::string path = "/" + std::to_string(i);
      server.answer(path, [this, &steady_clock](const ServerRequest&) {
        const std::lock_guard lock{mutex};
        times.push_back(steady_clock.passed());
        return ServerResponse{};
      });
      requests.push_back({i, server.address(path), "", ""});
    }
  }
  std::vector<std::chrono::milliseconds> gaps() const {
    std::vector<std::chrono::milliseconds> all;
    for (std::size_t i = 1; i < times.size(); ++i) all.push_back(times[i] - times[i - 1]);
    return all;
  }
};

ServerResponse retry_after(int status, const std::string& when) {
  return ServerResponse{status, "", "", {{"Retry-After", when}}};
}

}  // namespace

TEST_CASE("two requests to one host are the delay apart and up to a quarter more, by chance") {
  FetcherFixture f;
  f.options.host_delay = 1000ms;
  TimedPages pages{f.steady_clock, 20};
  f.fetch(pages.requests);
  const auto gaps = pages.gaps();
  REQUIRE(gaps.size() == 19);
  CHECK(*std::min_element(gaps.begin(), gaps.end()) >= 1000ms);
  CHECK(*std::max_element(gaps.begin(), gaps.end()) <= 1250ms);
  CHECK(std::set(gaps.begin(), gaps.end()).size() > 5);
}

TEST_CASE("a host's delay holds up no other host") {
  FetcherFixture f;
  f.options.host_delay = 10s;
  TimedPages one{f.steady_clock, 3};
  TimedPages other{f.steady_clock, 3, "127.0.0.2"};
  std::vector<FetchRequest> requests = one.requests;
  requests.insert(requests.end(), other.requests.begin(), other.requests.end());
  f.fetch(requests);
  CHECK(one.times.size() == 3);
  CHECK(other.times.size() == 3);
  CHECK(f.steady_clock.passed() <= 25s);
}

TEST_CASE("a Crawl-delay is kept where it is longer than the own delay, and capped") {
  FetcherFixture f;
  f.options.host_delay = 1000ms;
  TimedPages slow{f.steady_clock, 4};
  slow.server.answer("/robots.txt", ServerResponse{200, "User-agent: *\nCrawl-delay: 7\n", "text/plain", {}});
  f.fetch(slow.requests);
  for (const auto gap : slow.gaps()) {
    CHECK(gap >= 7s);
    CHECK(gap <= 8750ms);
  }
  TimedPages absurd{f.steady_clock, 4, "127.0.0.2"};
  absurd.server.answer("/robots.txt",
                       ServerResponse{200, "User-agent: *\nCrawl-delay: 86400\n", "text/plain", {}});
  f.fetch(absurd.requests);
  for (const auto gap : absurd.gaps()) {
    CHECK(gap >= 30s);
    CHECK(gap <= 37500ms);
  }
}

TEST_CASE("no more requests are under way to all hosts than the limit") {
  FetcherFixture f;
  f.options.parallel = 3;
  std::mutex mutex;
  std::condition_variable changed;
  int arrived = 0;
  int inside = 0;
  int most = 0;
  std::vector<std::unique_ptr<LoopbackServer>> servers;
  std::vector<FetchRequest> requests;
  for (int i = 0; i < 9; ++i) {
    servers.push_back(std::make_unique<LoopbackServer>("127.0.0." + std::to_string(i + 1)));
    servers.back()->answer("/", [&](const ServerRequest&) {
      std::unique_lock lock{mutex};
      most = std::max(most, ++inside);
      ++arrived;
      changed.notify_all();
      // The first ones stay until the limit is used up.
      changed.wait(lock, [&] { return arrived >= 3; });
      --inside;
      return ServerResponse{};
    });
    requests.push_back({i, servers.back()->address(), "", ""});
  }
  const auto responses = f.fetch(requests);
  CHECK(std::all_of(responses.begin(), responses.end(),
                    [](const auto& response) { return response.outcome == FetchOutcome::ok; }));
  CHECK(most == 3);
}

TEST_CASE("every host has its turn while there are more of them than slots") {
  FetcherFixture f;
  f.options.parallel = 1;
  f.options.obey_robots = false;
  LoopbackServer large;
  LoopbackServer small("127.0.0.2");
  std::vector<FetchRequest> requests;
  for (int i = 0; i < 20; ++i) requests.push_back({i, large.address("/" + std::to_string(i)), "", ""});
  requests.push_back({20, small.address("/"), "", ""});
  int answered = 0;
  int small_came_as = 0;
  HttpFetcher fetcher{f.options, f.robots, f.pauses, f.clock, f.steady_clock};
  fetcher.fetch(
      requests,
      [&](const FetchResponse& response) {
        ++answered;
        if (response.tag == 20) small_came_as = answered;
      },
      [] { return true; });
  CHECK(answered == 21);
  CHECK(small_came_as < 10);
}

TEST_CASE("a short Retry-After is waited for, once") {
  FetcherFixture f;
  LoopbackServer server;
  std::atomic<int> asked{0};
  server.answer("/busy", [&](const ServerRequest&) {
    return ++asked == 1 ? retry_after(503, "20") : ServerResponse{200, "<p>at last</p>", "text/html", {}};
  });
  CHECK(f.fetch(server.address("/busy")).outcome == FetchOutcome::ok);
  CHECK(asked == 2);
  CHECK(f.steady_clock.passed() >= 20s);
  CHECK(f.steady_clock.passed() < 21s);

  server.answer("/never", retry_after(429, "5"));
  const auto never = f.fetch(server.address("/never"));
  CHECK(never.outcome == FetchOutcome::failed);
  CHECK(never.http_status == 429);
  CHECK(never.retry_after_seconds == 5);
  CHECK(server.hits("/never") == 2);
}

TEST_CASE("a host that asked for an hour is not asked within it, by this run or the next") {
  FetcherFixture f;
  f.options.parallel_per_host = 1;
  LoopbackServer server;
  server.answer("/1", retry_after(429, "3600"));
  server.serve_page("/2", "two");
  const std::vector<FetchRequest> requests{{1, server.address("/1"), "", ""},
                                           {2, server.address("/2"), "", ""}};
  const auto first = f.fetch(requests);
  CHECK(first[0].outcome == FetchOutcome::failed);
  CHECK(first[0].retry_after_seconds == 3600);
  CHECK(first[1].outcome == FetchOutcome::postponed);
  CHECK(first[1].error.message.find("until 2026-06-29T13:00:00Z") != std::string::npos);
  f.clock.advance(59min);
  const auto second = f.fetch(requests);
  CHECK(second[0].outcome == FetchOutcome::postponed);
  CHECK(second[1].outcome == FetchOutcome::postponed);
  CHECK(second[1].retry_after_seconds == 60);
  CHECK(server.hits("/1") == 1);
  CHECK(server.hits("/2") == 0);
  f.clock.advance(1min);
  server.serve_page("/1", "one");
  const auto third = f.fetch(requests);
  CHECK(third[0].outcome == FetchOutcome::ok);
  CHECK(third[1].outcome == FetchOutcome::ok);
}

TEST_CASE("a pause is until a date where the host names one, and a day at most") {
  FetcherFixture f;
  LoopbackServer dated;
  dated.answer("/", retry_after(503, "Mon, 29 Jun 2026 14:00:00 GMT"));
  CHECK(f.fetch(dated.address()).retry_after_seconds == 7200);
  f.clock.advance(119min);
  f.fetch(dated.address());
  CHECK(dated.hits("/") == 1);
  f.clock.advance(1min);
  dated.serve_page("/", "again");
  CHECK(f.fetch(dated.address()).outcome == FetchOutcome::ok);
  CHECK(dated.hits("/") == 2);

  LoopbackServer greedy("127.0.0.2");
  greedy.answer("/", retry_after(429, "31536000"));
  f.fetch(greedy.address());
  f.clock.advance(23h);
  f.fetch(greedy.address());
  CHECK(greedy.hits("/") == 1);
  f.clock.advance(1h);
  f.fetch(greedy.address());
  CHECK(greedy.hits("/") == 2);
}

TEST_CASE("a host that fails without asking for time is asked for its other pages") {
  FetcherFixture f;
  LoopbackServer server;
  server.answer("/429", ServerResponse{429, "", "", {}});
  server.answer("/503", ServerResponse{503, "", "", {}});
  server.answer("/500", retry_after(500, "3600"));
  server.serve_page("/good", "good");
  const auto responses = f.fetch({{1, server.address("/429"), "", ""},
                                  {2, server.address("/503"), "", ""},
                                  {3, server.address("/500"), "", ""},
                                  {4, server.address("/good"), "", ""}});
  CHECK(responses[2].retry_after_seconds == -1);
  CHECK(responses[3].outcome == FetchOutcome::ok);
  CHECK(f.fetch(server.address("/good")).outcome == FetchOutcome::ok);
}
