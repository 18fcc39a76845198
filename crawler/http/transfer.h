#pragma once

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/addresses.h"
#include "crawler/http_fetcher.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeHeaders {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// One HTTP exchange without redirects: what is sent, the limits that it keeps, and what came back; after it,
// the object may be aimed again. It does not move while it is under way.
class Transfer {
 public:
  Transfer(const HttpOptions& options, const AddressRules& rules);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // What the next exchange asks for. `extra_headers` are whole header lines. `max_bytes` bounds the decoded
  // body.
  void prepare(const Url& url, const std::vector<std::string>& extra_headers, std::uint64_t max_bytes,
           std::chrono::milliseconds timeout);

  CURL* easy() { return easy_.get(); }

  // After it ended with `code`: what was wrong, or nothing to say where an HTTP answer came.
  Status outcome(CURLcode code) const;
  // Whether the host said nothing at all: it has no address, takes no connection, or is silent. A proxy that
  // does so says nothing about the host.
  bool is_unreachable(CURLcode code) const;

  int status() const;
  std::chrono::milliseconds elapsed() const;
  // The value of a field of the final (not 1xx) answer, "" where it is missing; of several, the first, except
  // of those that are lists, which are joined (RFC 9110 §5.3). Only the fields that are kept have one
  // (transfer.cc).
  const std::string& header(std::string_view name) const;
  std::string& body() { return body_; }

  static constexpr std::size_t kept_field_count = 9;

 private:
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static curl_socket_t on_open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  bool process_header(std::string_view line);
  Error timeout_error() const;

  const HttpOptions& options_;
  const AddressRules& rules_;
  Url url_;
  std::uint64_t max_bytes_ = 0;
  std::chrono::milliseconds timeout_{0};
  bool through_proxy_ = false;
  std::unique_ptr<CURL, FreeEasy> easy_;
  std::unique_ptr<curl_slist, FreeHeaders> headers_;
  std::string refused_address_;
  std::string limit_error_;  // which limit ended it
  std::size_t header_bytes_ = 0;
  std::size_t header_count_ = 0;
  std::array<std::string, kept_field_count> fields_;
  std::string body_;
};

}  // namespace stubkeeper::crawler
