#pragma once

#include <functional>
#include <memory>

#include "crawler/http_fetcher.h"
#include "cron/refresh.h"
#include "llm/extractive_drafter.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_steady_clock.h"
#include "tests/support/loopback_server.h"
#include "tests/support/memory_stores.h"
#include "tests/support/ok.h"
#include "tests/support/silent_progress.h"

namespace stubkeeper::testing {

// A store that is refreshed over real HTTP from a server on loopback, without delays, by a clock of the test's.
struct LoopbackRefresh {
  std::unique_ptr<kb::Store> store = ok(kb::Store::in_memory());
  FakeClock clock;
  FakeSteadyClock steady_clock;
  MemoryRobotsCache robots;
  MemoryHostPauseStore pauses;
  crawler::HttpOptions http;
  config::Configuration configuration;
  crawler::DirectReader reader;
  llm::ExtractiveDrafter drafter;
  SilentProgress progress;
  LoopbackServer server;

  explicit LoopbackRefresh(const char* now) : clock(now) {
    http.host_delay = std::chrono::milliseconds{0};
    http.allow_addresses = {"127.0.0.0/8"};
  }
  cron::RefreshReport run_refresh(const std::function<bool()>& keep_going = [] { return true; }) {
    crawler::HttpFetcher fetcher{http, robots, pauses, clock, steady_clock};
    const cron::RunContext context{*store, fetcher,       reader,   drafter,
                                   clock,  configuration, progress, keep_going};
    return ok(cron::refresh(context, {}));
  }
};

}  // namespace stubkeeper::testing
