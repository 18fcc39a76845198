#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "crawler/fetcher.h"
#include "crawler/host_pauses.h"
#include "crawler/http_fetcher.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {

// A request on its way, over however many redirects.
struct Job {
  FetchRequest request;
  Url url;
  int redirects = 0;
  bool all_permanent = true;
  bool waited_for_host = false;  // it was answered with a short Retry-After once, and sent again
  std::chrono::milliseconds time_left{0};
};

// The requests to one host that are still to be sent, and when the next one may be.
struct HostQueue {
  std::string host;  // Url::host_and_port()
  std::deque<std::unique_ptr<Job>> waiting;
  bool listed = false;  // among the queues with work
  int active = 0;
  SteadyTime next_allowed{};
  std::chrono::milliseconds crawl_delay{0};
  std::optional<HostPause> pause;  // nothing more is sent before its end, which no run waits for

  bool may_send(const HttpOptions& options, SteadyTime now) const {
    return !waiting.empty() && active < options.parallel_per_host && now >= next_allowed;
  }
};

}  // namespace stubkeeper::crawler
