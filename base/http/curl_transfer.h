#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/http/header_fields.h"

namespace stubkeeper {

// "stubkeeper/VERSION", with " (+contact)" where one is given. robots.txt names its product token,
// "stubkeeper".
std::string user_agent(const std::string& contact = "");

struct CurlMultiDeleter {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
using CurlMulti = std::unique_ptr<CURLM, CurlMultiDeleter>;
CurlMulti make_curl_multi();

// One HTTP exchange on a libcurl easy handle, and its response. Only http and https, no redirects,
// no cookies, no .netrc; content codings are decoded. What else an exchange needs is set on easy().
// It does not move while it is under way; after it, it can be used again.
class CurlTransfer {
 public:
  CurlTransfer(const std::string& user_agent, std::chrono::milliseconds connect_timeout);
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  CURL* easy() const { return easy_.get(); }

  // Before each exchange. `max_bytes` bounds the decoded body.
  void prepare(const std::string& url, std::chrono::milliseconds timeout, std::uint64_t max_bytes);
  // A line of the request's header. It may hold a key: all copies are overwritten before they are
  // freed.
  void add_header(std::string line);

  int status() const;  // 0: none came
  // Of the final response: neither of an interim one (1xx) nor of a proxy.
  const HttpHeaders& headers() const { return headers_; }
  std::string& body() { return body_; }
  // The limit that ended the exchange with `code`, in words; "" for none.
  std::string limit_error(CURLcode code) const;
  // Whether that limit is the body's.
  bool is_body_too_large() const { return is_body_too_large_; }

 private:
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  bool process_header_line(std::string_view line);

  struct EasyDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  struct HeaderListDeleter {
    void operator()(curl_slist* list) const;
  };
  std::unique_ptr<curl_slist, HeaderListDeleter> request_headers_;
  std::unique_ptr<CURL, EasyDeleter> easy_;
  std::uint64_t max_bytes_ = 0;
  std::size_t header_bytes_ = 0;
  std::size_t header_lines_ = 0;
  bool is_body_too_large_ = false;
  std::string header_error_;
  HttpHeaders headers_;
  std::string body_;
};

}  // namespace stubkeeper
