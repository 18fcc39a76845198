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
  HttpResponse finish(CURLcode code);

 private:
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  void add_header(std::string line);
  bool process_header_line(std::string_view line);
  TransportError to_transport_error(CURLcode code) const;

  struct EasyHandleDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  // Overwrites the lines before it frees them: one holds the key.
  struct HeaderListDeleter {
    void operator()(curl_slist* list) const;
  };

  const CurlLimits limits_;
  const std::string body_;
  std::unique_ptr<curl_slist, HeaderListDeleter> headers_;
  std::unique_ptr<CURL, EasyHandleDeleter> easy_;
  std::size_t header_bytes_ = 0;
  bool too_large_ = false;
  HttpResponse reply_;
};

}  // namespace stubkeeper::llm
