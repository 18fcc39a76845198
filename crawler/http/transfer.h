#pragma once

#include <chrono>
#include <cstdint>
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

}  // namespace stubkeeper::crawler
