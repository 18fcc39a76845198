#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace stubkeeper::crawler {

// One address to fetch. The validators of the last answer go back verbatim (RFC 9110 §13.1.2, §13.1.3), and
// only to the address that gave them: those of one resource say nothing about another that it redirects to
// (§8.8).
struct FetchRequest {
  std::int64_t tag = 0;  // the caller's, given back with the response
  std::string address;   // http(s)://..., or a path or file:// address for a local file
  std::string etag;
  std::string last_modified;
  std::string validated_address = "";  // final_address of the answer with these validators; "": `address`
};

// postponed: nothing was asked, because the host had asked to be left alone; no fault of the address.
enum class FetchOutcome { ok, not_modified, failed, postponed };

// What came of one request. A failed or postponed one has `error`, and `http_status` where the server
// answered at all.
struct FetchResponse {
  std::int64_t tag = 0;
  FetchOutcome outcome = FetchOutcome::failed;
  int http_status = 0;
  std::string final_address;       // after redirects
  bool moved_permanently = false;  // every redirect on the way was 301 or 308
  std::string content_type;        // as the server sent it, or guessed from a local file's name
  std::string etag;
  std::string last_modified;
  std::string body;                   // decoded from its content coding; of a failed one what the server said
  std::chrono::seconds remaining_freshness{0};  // how long the answer says that it stays good (RFC 9111 §4.2)
  std::int64_t retry_after_seconds =
      -1;                    // of a 429 or 503, or until a postponed one may be sent; -1: not said
  bool unreachable = false;  // failed without a word of HTTP: unknown name, no connection, silence
  Error error;
};

// The outside world, as a seam.
class Fetcher {
 public:
  virtual ~Fetcher() = default;

  // Fetches all of `requests`, many at a time, and hands over each response as it arrives, in the calling
  // thread. One response for each request, always. `keep_going` is asked between responses; once it says no,
  // the rest come back failed with ErrorCode::busy and nothing more is sent.
  virtual void fetch(std::vector<FetchRequest> requests,
                     const std::function<void(FetchResponse)>& on_response,
                     const std::function<bool()>& keep_going) = 0;
};

}  // namespace stubkeeper::crawler
