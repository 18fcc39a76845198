#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "crawler/fetcher.h"
#include "crawler/robots_cache.h"
#include "schema/base/clock.h"

namespace stubkeeper::crawler {

struct HttpOptions {
  std::string contact;  // an address or mail address for the User-Agent; may be empty
  int parallel = 16;    // requests under way at once
  int parallel_per_host = 2;
  std::chrono::milliseconds host_delay{
      1000};  // least time between two requests to one host, plus up to a quarter of jitter
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds total_timeout{60'000};
  std::uint64_t most_bytes = 20'000'000;  // of a decoded body
  int most_redirects = 5;
  std::chrono::seconds most_crawl_delay{30};
  // CIDR ranges or addresses, with an optional port ("127.0.0.1:8080", "10.0.0.0/8"), that may be reached
  // although they are private, loopback or otherwise special.
  std::vector<std::string> allow_addresses;
  bool obey_robots = true;
};

// Fetches over HTTP(S) with libcurl's multi interface, politely: robots.txt (RFC 9309) first, a delay and a
// limit per host. Only http and https, also after redirects; the address that the socket connects to is
// checked (addresses.h). No cookies are kept. Local files (a path, or file:///path) are read from disk when
// the source itself is one, never after a redirect. `robots` and `clock` must outlive it.
class HttpFetcher final : public Fetcher {
 public:
  HttpFetcher(HttpOptions options, RobotsCache& robots, const Clock& clock);
  ~HttpFetcher() override;
  void fetch(std::vector<FetchRequest> requests, const std::function<void(FetchResponse)>& on_response,
             const std::function<bool()>& keep_going) override;

 private:
  HttpOptions options_;
  RobotsCache& robots_;
  const Clock& clock_;
};

// The User-Agent that is sent: "stubkeeper/0.1.0 (+contact)". Its product token, "stubkeeper", is what
// robots.txt groups name.
std::string user_agent(const std::string& contact);

}  // namespace stubkeeper::crawler
