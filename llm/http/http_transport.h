#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "llm/http/http_message.h"
#include "llm/keys/secret.h"

namespace stubkeeper::llm {

// HTTP exchanges, several at a time in one thread, as a seam.
class HttpTransport {
 public:
  virtual ~HttpTransport() = default;

  // Begins to send `request`, with the key in its header where there is one. `id` comes back with
  // the response.
  virtual void start(std::int64_t id, const HttpRequest& request, const std::optional<Secret>& key) = 0;

  // The responses that came since the last time, after waiting at most so long for one. One for
  // each start(), unless it was cancelled.
  virtual std::vector<HttpResponse> wait(std::chrono::milliseconds max_wait) = 0;

  // Ends an exchange without a response; whether it had been sent.
  virtual bool cancel(std::int64_t id) = 0;
};

struct CurlLimits {
  std::chrono::milliseconds connect{5'000};
  std::chrono::milliseconds total{600'000};  // a model may think for minutes before its first byte
  std::uint64_t max_bytes = 8'000'000;       // of a decoded answer; 128,000 tokens are about 1 MB of JSON
};

// Exchanges by libcurl's multi interface (base/http/curl_transfer.h), each on a connection of its
// own: libcurl sends a request again by itself when a kept connection turns out to be closed, and a
// second request may be a second charge. TCP keep-alive finds a peer that went away while the model
// thinks. The proxy is the environment's (http_proxy, https_proxy, no_proxy).
class CurlTransport final : public HttpTransport {
 public:
  explicit CurlTransport(CurlLimits limits = {});
  ~CurlTransport() override;
  void start(std::int64_t id, const HttpRequest& request, const std::optional<Secret>& key) override;
  std::vector<HttpResponse> wait(std::chrono::milliseconds max_wait) override;
  bool cancel(std::int64_t id) override;

 private:
  struct Exchanges;
  std::unique_ptr<Exchanges> exchanges_;
};

}  // namespace stubkeeper::llm
