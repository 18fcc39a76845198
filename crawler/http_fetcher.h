#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/steady_clock.h"
#include "crawler/fetcher.h"
#include "crawler/robots.h"

namespace stubkeeper::crawler {

// A host's request to be left alone (429 or 503 with Retry-After).
struct HostPause {
  Timestamp until;
  std::string reason;  // "answered 429 Too Many Requests"
};

// Stores them between requests and runs. A host is named as by Url::host_and_port().
class HostPauseStore {
 public:
  virtual ~HostPauseStore() = default;
  virtual std::optional<HostPause> find(const std::string& host) = 0;
  virtual void keep(const std::string& host, const HostPause& pause) = 0;
};

struct HttpOptions {
  std::string contact;  // an address or mail address for the User-Agent; may be empty
  int parallel = 16;    // requests under way at once
  int parallel_per_host = 2;
  // Least time between two requests to one host; up to a quarter of jitter is added.
  std::chrono::milliseconds host_delay{1000};
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds total_timeout{60'000};  // of one request with all its redirects
  // A transfer that is slower for so long is cut off.
  std::int64_t min_bytes_per_second = 64;
  std::chrono::seconds low_speed_time{30};
  std::uint64_t max_bytes = 20'000'000;  // of a decoded body
  int max_redirects = 5;
  std::chrono::seconds max_crawl_delay{30};
  // A shorter Retry-After is waited for, once for each request; a longer one ends the run for the
  // host.
  std::chrono::seconds max_retry_wait{30};
  std::chrono::hours max_host_pause{24};  // however long a Retry-After is
  // CIDR ranges or addresses, with an optional port ("127.0.0.1:8080", "10.0.0.0/8"), that may be
  // reached although they are private, loopback or otherwise special.
  std::vector<std::string> allow_addresses;
  std::string ca_file;  // PEM certificates to trust instead of the system's; "": the system's
  bool obey_robots = true;
};

// Fetches over HTTP(S) with libcurl's multi interface, politely: robots.txt (RFC 9309) first, a
// delay and a limit per host; a host that asks to be left alone is, also in later runs. Only http
// and https, also after redirects; the address that the socket connects to is checked
// (addresses.h). No cookies are kept. Local files (a path, or file:///path) are read from disk when
// the source itself is one, never after a redirect. Proxies are those of the environment
// (http/transfer.cc). All references must outlive it.
class HttpFetcher final : public Fetcher {
 public:
  HttpFetcher(HttpOptions options, RobotsCache& robots, HostPauseStore& pauses, const Clock& clock,
              SteadyClock& steady_clock);
  ~HttpFetcher() override;
  void fetch(std::vector<FetchRequest> requests, const std::function<void(FetchResponse)>& on_response,
             const std::function<bool()>& keep_going) override;

 private:
  HttpOptions options_;
  RobotsCache& robots_;
  HostPauseStore& pauses_;
  const Clock& clock_;
  SteadyClock& steady_clock_;
};

}  // namespace stubkeeper::crawler
