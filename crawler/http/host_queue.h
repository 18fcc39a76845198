#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "crawler/fetcher.h"
#include "crawler/host_pause_store.h"
#include "crawler/http_fetcher.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {

// A request on its way, over however many redirects.
struct Job {
  FetchRequest request;
  Url url;
  int redirects = 0;
  bool all_permanent = true;
  bool has_retried = false;  // it was answered with a short Retry-After once, and sent again
  std::chrono::milliseconds time_left{0};
};

// The requests to one host that are still to be sent, and when the next one may be.
struct HostQueue {
  std::string host;  // Url::host_and_port()
  std::deque<std::unique_ptr<Job>> waiting;
  bool in_work_list = false;  // among the queues with work
  int active = 0;
  int finished_transfers = 0;
  SteadyTime next_allowed{};
  std::chrono::milliseconds crawl_delay{0};
  std::optional<HostPause> pause;  // nothing more is sent before its end, which no run waits for

  // Begins with two requests at once, and adds one for every sixteen that have ended, so that
  // connections are opened one after the other: many small servers queue five and drop the next,
  // which then comes a second later.
  int max_concurrent(const HttpOptions& options) const {
    constexpr int initial_limit = 2;
    constexpr int transfers_per_extra_slot = 16;
    return std::min(options.parallel_per_host, initial_limit + finished_transfers / transfers_per_extra_slot);
  }

  bool may_send(const HttpOptions& options, SteadyTime now) const {
    return !waiting.empty() && active < max_concurrent(options) && now >= next_allowed;
  }
};

}  // namespace stubkeeper::crawler
