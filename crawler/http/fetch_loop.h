#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <unordered_map>
#include <vector>

#include "crawler/http/host_queue.h"
#include "crawler/http/socket_loop.h"
#include "crawler/http/transfer.h"
#include "crawler/robots.h"

namespace stubkeeper::crawler {

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
// an origin's first page (origin_robots.cc), redirects hop by hop (process_transfer.cc), every
// request answered once.
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
  void follow_redirect(ActiveTransfer& active);
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
