#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace stubkeeper::crawler {

// The fields on freshness of a response; "" where one is missing.
struct CachingFields {
  std::string cache_control;
  std::string expires;
  std::string date;
  std::string age;
};

// How long from `now` on a new response is fresh to a private cache (RFC 9111 §4.2): max-age, else
// Expires less Date, less the response's age. Zero where it is stale, must not be stored or reused
// (no-store, no-cache), or says nothing: there is no heuristic from Last-Modified.
std::chrono::seconds remaining_freshness(const CachingFields& fields, Timestamp now);

// Content-Type (RFC 9110 §8.3.1): "text/html" and "utf-8", both in lower case, "" where missing.
struct MediaType {
  std::string type;
  std::string charset;
};
MediaType parse_media_type(std::string_view value);

// A status code with its reason phrase (RFC 9110 §15): "404 Not Found".
std::string status_text(int status);

// Whether a status asks to look elsewhere, with Location (RFC 9110 §15.4).
bool is_redirect(int status);

}  // namespace stubkeeper::crawler
