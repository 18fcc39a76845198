#pragma once

#include <curl/curl.h>
#include <poll.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/curl_transfer.h"
#include "crawler/addresses.h"
#include "crawler/http_fetcher.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {

// One HTTP exchange without redirects, to addresses that the rules allow. Can be used again after
// it.
class Transfer {
 public:
  Transfer(const HttpOptions& options, const AddressRules& rules);

  // The next exchange. `extra_headers` are whole header lines. `max_bytes` bounds the decoded body.
  void prepare(const Url& url, const std::vector<std::string>& extra_headers, std::uint64_t max_bytes,
               std::chrono::milliseconds timeout);

  CURL* easy() { return transfer_.easy(); }

  // After it ended with `code`: ok where an HTTP response came, whatever its status.
  Status outcome(CURLcode code) const;
  // Whether the host is silent: it has no address, takes no connection, or sends nothing. A silent
  // proxy says nothing about the host.
  bool is_unreachable(CURLcode code) const;

  int status() const { return transfer_.status(); }
  std::chrono::milliseconds elapsed() const;
  // A field of the final response, "" where it is missing.
  const std::string& header(std::string_view name) const { return header_value(transfer_.headers(), name); }
  const HttpHeaders& headers() const { return transfer_.headers(); }
  std::string& body() { return transfer_.body(); }

 private:
  static curl_socket_t on_open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  Error timeout_error() const;

  const HttpOptions& options_;
  const AddressRules& rules_;
  Url url_;
  std::chrono::milliseconds timeout_{0};
  bool through_proxy_ = false;
  std::string refused_address_;
  CurlTransfer transfer_;
};

// The sockets and timers of a curl multi handle (curl_multi_socket_action), so that curl does not
// look at all transfers each time. The multi handle must outlive it, and have no transfers when it
// is made.
class SocketLoop {
 public:
  explicit SocketLoop(CURLM* multi);
  ~SocketLoop();
  SocketLoop(const SocketLoop&) = delete;
  SocketLoop& operator=(const SocketLoop&) = delete;

  // Continues new transfers, and those whose timer has run out, as far as they can without waiting.
  void advance();
  // Waits until a socket is ready, a timer has run out or `timeout` has passed; then continues
  // transfers.
  void wait(std::chrono::milliseconds timeout);

 private:
  static int on_socket(CURL* easy, curl_socket_t socket, int wanted, void* self, void* assigned);
  static int on_timer(CURLM* multi, long milliseconds, void* self);

  CURLM* multi_;
  std::vector<pollfd> sockets_;
  std::vector<pollfd> ready_;
  // Of transfers, and so in the machine's time.
  std::optional<std::chrono::steady_clock::time_point> timer_;
};

}  // namespace stubkeeper::crawler
