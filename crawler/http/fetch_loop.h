#pragma once

#include <curl/curl.h>

#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <unordered_map>
#include <vector>

#include "crawler/http/host_queue.h"
#include "crawler/http/transfer.h"
#include "crawler/robots.h"

namespace stubkeeper::crawler {

// One fetch() of many requests on one curl multi handle: a queue for each host, robots.txt before an origin's
// first page, redirects hop by hop, every request answered once.
class FetchLoop {
 public:
  FetchLoop(const HttpOptions& options, const AddressRules& rules, RobotsCache& robots, const Clock& clock,
            const std::function<void(FetchResponse)>& on_response, const std::function<bool()>& keep_going);
  void run(std::vector<FetchRequest> requests);

 private:
  struct FreeMulti {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
  };
  // What is known of an origin's robots.txt, and the jobs that wait for it.
  struct Origin {
    enum class State { unknown, asked, known, failed } state = State::unknown;
    Robots robots;
    int http_status = 0;
    Error failure;
    std::vector<std::unique_ptr<Job>> waiting;
  };
  struct Active {
    std::unique_ptr<Transfer> transfer;
    std::unique_ptr<Job> job;  // null for a robots.txt
    std::string host;
    std::string origin;  // whose robots.txt this is
    Url url;             // where it is asked for, after redirects
    int redirects = 0;
  };

  void enqueue(std::unique_ptr<Job> job, bool first);
  void send_what_may_be();
  void send(HostQueue& queue, std::unique_ptr<Job> job);
  bool robots_allow(std::unique_ptr<Job>& job);
  void know(Origin& origin, const RobotsRecord& record);
  void ask_for_robots(Origin& origin, const std::string& name, const Url& url, int redirects);
  void start(Active active);
  void take_finished();
  void finish(Active active, CURLcode code);
  void finish_robots(Active active, CURLcode code);
  void settle_origin(const std::string& name);
  void follow_redirect(Active& active);
  void close_host_if_asked(Active& active, std::int64_t retry_after);
  std::int64_t retry_after_of(const Transfer& transfer) const;
  void fail(const Job& job, Error error, int http_status = 0, std::int64_t retry_after = -1);
  void abandon_all();
  int wait_milliseconds() const;
  bool all_done() const { return open_ == 0; }

  const HttpOptions& options_;
  const AddressRules& rules_;
  RobotsCache& robots_cache_;
  const Clock& clock_;
  const std::function<void(FetchResponse)>& on_response_;
  const std::function<bool()>& keep_going_;
  std::unique_ptr<CURLM, FreeMulti> multi_;
  std::map<std::string, HostQueue> hosts_;
  std::set<std::string> hosts_with_work_;
  std::map<std::string, Origin> origins_;
  std::unordered_map<CURL*, Active> active_;
  std::size_t open_ = 0;  // requests without a response
  std::minstd_rand jitter_;
};

}  // namespace stubkeeper::crawler
