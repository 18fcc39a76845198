#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>

#include "llm/http/curl_transport.h"

namespace stubkeeper::llm {

// One POST on an easy handle: what is sent, the limits that it keeps, and what came back. It does not move
// while it is under way.
class CurlExchange {
 public:
  CurlExchange(const CurlLimits& limits, std::int64_t id, const HttpRequest& request,
               const std::optional<Secret>& key);
  CurlExchange(const CurlExchange&) = delete;
  CurlExchange& operator=(const CurlExchange&) = delete;

  CURL* easy() { return easy_.get(); }
  std::int64_t id() const { return reply_.id; }
  bool was_sent() const;

  // After it ended with `code`.
  HttpReply finish(CURLcode code);

 private:
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  void add_header(std::string line);
  bool take_header(std::string_view line);
  TransportFault fault_of(CURLcode code) const;

  struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  // Overwrites the lines before it frees them: one holds the key.
  struct FreeHeaders {
    void operator()(curl_slist* list) const;
  };

  const CurlLimits limits_;
  const std::string body_;
  std::unique_ptr<curl_slist, FreeHeaders> headers_;
  std::unique_ptr<CURL, FreeEasy> easy_;
  std::size_t header_bytes_ = 0;
  bool too_large_ = false;
  HttpReply reply_;
};

}  // namespace stubkeeper::llm
