#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "crawler/fetcher.h"
#include "crawler/http/transfer.h"
#include "crawler/http_fetcher.h"
#include "crawler/robots.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {

// A request on its way, over however many redirects.
struct Job {
  FetchRequest request;
  Url url;
  int redirects = 0;
  bool all_permanent = true;
  bool is_conditional = false;  // its last request had validators
  bool has_retried = false;     // it was answered with a short Retry-After once, and sent again
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

// The parts that a fetch uses; all outlive it.
struct FetchContext {
  const HttpOptions& options;
  const AddressRules& rules;
  RobotsCache& robots;
  HostPauseStore& pauses;
  const Clock& clock;
  SteadyClock& steady_clock;
};

// One fetch() of many requests on one curl multi handle: a queue for each host, robots.txt before
// an origin's first page (origin_robots.cc), redirects and declared moves hop by hop
// (process_transfer.cc), every request answered once.
class FetchLoop {
 public:
  FetchLoop(const FetchContext& context, const std::function<void(FetchResponse)>& on_response,
            const std::function<bool()>& keep_going);
  void run(std::vector<FetchRequest> requests);

 private:
  // An origin's robots.txt, and the jobs that wait for it.
  struct Origin {
    enum class State { unknown, requested, known, failed } state = State::unknown;
    Robots robots;
    int http_status = 0;
    Error failure;
    bool unreachable = false;
    std::vector<std::unique_ptr<Job>> waiting;
  };
  struct ActiveTransfer {
    std::unique_ptr<Transfer> transfer;
    std::unique_ptr<Job> job;  // null for a robots.txt
    HostQueue* queue = nullptr;
    std::string origin;  // whose robots.txt this is
    Url url;             // where it is asked for, after redirects
    int redirects = 0;
  };

  void accept(FetchRequest request);
  HostQueue& queue_for(const Url& url);
  void enqueue(std::unique_ptr<Job> job, bool first);
  void send_ready_requests();
  void send(HostQueue& queue, std::unique_ptr<Job> job);
  std::unique_ptr<Transfer> acquire_transfer();
  void start(ActiveTransfer active);
  void wait();

  bool robots_allow(std::unique_ptr<Job>& job);
  void apply_robots_record(Origin& origin, const RobotsRecord& record);
  void request_robots(Origin& origin, const std::string& name, const Url& url, int redirects);
  void finish_robots(ActiveTransfer& active, CURLcode code);
  void release_waiting_jobs(const std::string& name);

  bool process_finished();  // whether there was any
  void finish(ActiveTransfer& active, CURLcode code);
  void deliver_response(const ActiveTransfer& active, FetchResponse response);
  void follow_redirect(ActiveTransfer& active, const std::string& location, bool is_permanent);
  std::int64_t get_retry_after(const Transfer& transfer) const;  // in seconds, -1: not asked for
  bool retry_after_pause(ActiveTransfer& active, std::int64_t retry_after);
  void pause_host(HostQueue& queue, int status, std::int64_t retry_after);
  void postpone(const Job& job, const HostPause& pause);
  void fail(const Job& job, Error error, int http_status = 0, bool unreachable = false);
  void cancel_all();
  bool all_done() const { return pending_responses_ == 0; }

  const FetchContext context_;
  const std::function<void(FetchResponse)>& on_response_;
  const std::function<bool()>& keep_going_;
  CurlMulti multi_;
  std::optional<SocketLoop> sockets_;
  std::vector<std::unique_ptr<Transfer>> idle_transfers_;
  std::map<std::string, HostQueue> hosts_;
  std::vector<HostQueue*> hosts_with_work_;
  std::size_t round_robin_start_ = 0;  // index of the first to look at
  std::map<std::string, Origin> origins_;
  std::unordered_map<CURL*, ActiveTransfer> active_;
  std::size_t pending_responses_ = 0;  // requests without a response
  std::minstd_rand jitter_{std::random_device{}()};
};

}  // namespace stubkeeper::crawler
