#pragma once

#include <memory>

#include "llm/http/http_transport.h"

namespace stubkeeper::llm {

struct CurlLimits {
  std::chrono::milliseconds connect{5'000};
  std::chrono::milliseconds total{600'000};  // a model may think for minutes before its first byte
  std::uint64_t max_bytes = 8'000'000;      // of a decoded answer; 128,000 tokens are about 1 MB of JSON
};

// Exchanges by libcurl's multi interface, over http and https alone. Redirects are not followed, cookies and
// .netrc not read. Each exchange has a connection of its own: libcurl sends a request a second time by itself
// when a connection that it kept turns out to be closed, and a second request may be a second charge. TCP
// keep-alive probes find a peer that went away while the model thinks. The proxy is the environment's
// (http_proxy, https_proxy, no_proxy).
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
