#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "crawler/http_fetcher.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_steady_clock.h"
#include "tests/support/memory_stores.h"

namespace stubkeeper::testing {

// The real fetcher with everything around it under the test's hand: no time passes by itself, and loopback
// may be fetched from. What it knows of robots.txt and pauses stays from one fetch to the next, as it does
// between runs.
struct FetcherFixture {
  FakeClock clock{"2026-06-29T12:00:00Z"};
  MemoryRobotsCache robots;
  MemoryHostPauseStore pauses;
  FakeSteadyClock steady_clock;
  crawler::HttpOptions options;

  FetcherFixture() {
    options.host_delay = std::chrono::milliseconds{0};
    options.allow_addresses = {"127.0.0.0/8"};
    options.total_timeout = std::chrono::seconds{20};
  }

  // The responses in the order of their tags.
  std::vector<crawler::FetchResponse> fetch(const std::vector<crawler::FetchRequest>& requests) {
    crawler::HttpFetcher fetcher{options, robots, pauses, clock, steady_clock};
    std::vector<crawler::FetchResponse> responses;
    fetcher.fetch(
        requests, [&](crawler::FetchResponse response) { responses.push_back(std::move(response)); },
        [] { return true; });
    std::sort(responses.begin(), responses.end(), [](const auto& a, const auto& b) { return a.tag < b.tag; });
    return responses;
  }
  crawler::FetchResponse fetch(const std::string& address) {
    auto responses = fetch({{1, address, "", ""}});
    REQUIRE(responses.size() == 1);
    return std::move(responses.front());
  }
};

}  // namespace stubkeeper::testing
