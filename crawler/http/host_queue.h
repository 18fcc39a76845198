#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>

#include "crawler/fetcher.h"
#include "crawler/http_fetcher.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {

using SteadyTime = std::chrono::steady_clock::time_point;

// A request on its way, over however many redirects.
struct Job {
  FetchRequest request;
  Url url;
  int redirects = 0;
  bool all_permanent = true;
};

// The requests to one host that are still to be sent, and when the next one may be.
struct HostQueue {
  std::deque<std::unique_ptr<Job>> waiting;
  int active = 0;
  SteadyTime next_allowed{};
  std::chrono::milliseconds crawl_delay{0};
  // After a 429 or 503 that says when to come again: why nothing more is sent, and how long that is.
  std::string closed_because;
  std::int64_t retry_after_seconds = -1;

  bool may_send(const HttpOptions& options, SteadyTime now) const {
    return !waiting.empty() && active < options.parallel_per_host && now >= next_allowed;
  }
};

}  // namespace stubkeeper::crawler
