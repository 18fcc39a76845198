#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

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

// One HTTP exchange without redirects: what is sent, the limits that it keeps, and what came back. It does
// not move while it is under way.
class Transfer {
 public:
  // `extra_headers` are whole header lines. `most_bytes` bounds the decoded body.
  Transfer(const HttpOptions& options, const AddressRules& rules, const Url& url,
           const std::vector<std::string>& extra_headers, std::uint64_t most_bytes);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  CURL* easy() { return easy_.get(); }

  // After it ended with `code`: what was wrong, or nothing to say where an HTTP answer came.
  Status outcome(CURLcode code) const;

  int status() const;
  // The value of a response header of the final (not 1xx) answer, "" where it is missing; the first of
  // several.
  const std::string& header(std::string_view name) const;
  std::string& body() { return body_; }

 private:
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static curl_socket_t on_open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  bool take_header(std::string_view line);

  const HttpOptions& options_;
  const AddressRules& rules_;
  Url url_;
  std::uint64_t most_bytes_;
  bool through_proxy_ = false;
  std::unique_ptr<CURL, FreeEasy> easy_;
  std::unique_ptr<curl_slist, FreeHeaders> headers_;
  std::string refused_address_;
  std::string stopped_;  // which limit ended it
  std::size_t header_bytes_ = 0;
  std::size_t header_count_ = 0;
  std::vector<std::pair<std::string, std::string>> received_;
  std::string body_;
};

}  // namespace stubkeeper::crawler
