#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "llm/http/http_message.h"
#include "llm/keys/secret.h"

namespace stubkeeper::llm {

// HTTP exchanges, several at a time in one thread, as a seam.
class HttpTransport {
 public:
  virtual ~HttpTransport() = default;

  // Begins to send `request`, with the key in its header where there is one. `id` comes back with the reply.
  virtual void start(std::int64_t id, const HttpRequest& request, const std::optional<Secret>& key) = 0;

  // Replies that came since the last time, after waiting at most so long for one. One for each start(),
  // unless it was cancelled.
  virtual std::vector<HttpResponse> wait(std::chrono::milliseconds max_wait) = 0;

  // Ends an exchange without a reply; whether it had been sent.
  virtual bool cancel(std::int64_t id) = 0;
};

}  // namespace stubkeeper::llm
