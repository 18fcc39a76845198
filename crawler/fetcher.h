#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace stubkeeper::crawler {

// One address to fetch. The validators of the last response are sent back unchanged (RFC 9110
// §13.1.2, §13.1.3), and only to the address that they came from (§8.8).
struct FetchRequest {
  std::int64_t tag = 0;  // the caller's, given back with the response
  std::string address;   // http(s)://..., or a path or file:// address for a local file
  std::string etag;
  std::string last_modified;
  std::string validated_address = "";  // final_address of the response with these validators; "": `address`
};

// postponed: not sent, because the host had asked to be left alone.
enum class FetchOutcome { ok, not_modified, failed, postponed };

// The result of one request. `error` is set for failed and postponed, and `http_status` where the
// server answered.
struct FetchResponse {
  std::int64_t tag = 0;
  FetchOutcome outcome = FetchOutcome::failed;
  int http_status = 0;
  std::string final_address;       // after redirects
  bool moved_permanently = false;  // every redirect on the way was 301, 308 or an instant refresh
  std::string content_type;        // as the server sent it, or guessed from a local file's name
  std::string etag;
  std::string last_modified;
  std::string body;                   // without its content coding; of a failed request the error page
  std::chrono::seconds remaining_freshness{0};  // RFC 9111 §4.2
  // Of a 429 or 503, or until a postponed request may be sent; -1: none.
  std::int64_t retry_after_seconds = -1;
  bool unreachable = false;  // failed without an HTTP response: unknown name, no connection, timeout
  Error error;
};

// Fetches addresses; tests have a fake.
class Fetcher {
 public:
  virtual ~Fetcher() = default;

  // Fetches all requests in parallel and calls `on_response` exactly once for each, as it arrives,
  // in the calling thread. `keep_going` is called between responses; once it is false, the rest
  // fail with ErrorCode::busy and are not sent.
  virtual void fetch(std::vector<FetchRequest> requests,
                     const std::function<void(FetchResponse)>& on_response,
                     const std::function<bool()>& keep_going) = 0;
};

}  // namespace stubkeeper::crawler
