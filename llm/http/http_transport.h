#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/http/header_fields.h"
#include "llm/keys/secret.h"

namespace stubkeeper::llm {

// The header that a key goes into: "Authorization: Bearer KEY", "x-api-key: KEY".
struct KeyHeader {
  std::string name;
  std::string value_prefix;
};

// A POST, or a GET without a body; without the key.
struct HttpRequest {
  std::string url;
  HttpHeaders headers;
  KeyHeader key_header;
  std::string body;
  bool is_get = false;
};

// How an exchange ended, below HTTP.
enum class TransportError {
  none,                  // an HTTP response came whole
  connect_failed,        // no connection: nothing was sent
  certificate_rejected,  // the peer's certificate is not valid: nothing was sent
  timed_out,
  connection_lost,  // closed before the response was whole, or not HTTP
  too_large,        // the response passed the limit and was dropped
};

struct HttpResponse {
  std::int64_t id = 0;  // of the exchange
  TransportError transport_error = TransportError::none;
  std::string transport_error_text;
  bool was_sent = false;  // at least the beginning of the request left for the peer
  int status = 0;         // 0: none came
  HttpHeaders headers;
  std::string body;  // decoded from its content coding
};

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
