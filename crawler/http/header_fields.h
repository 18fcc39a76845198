#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace stubkeeper::crawler {

// Field values of HTTP answers, read as pure functions of their bytes. A value that breaks its grammar is
// read as far as it makes sense; none of these fails. Lists that came in several fields are to be joined with
// ", " first (RFC 9110 §5.3).

// An HTTP-date from 1970 to 9999 in any of its three forms, and what servers make of them (RFC 9110 §5.6.7).
std::optional<Timestamp> parse_http_date(std::string_view value);

// A number of seconds (RFC 9111 §1.2.2): digits alone; more than 2^31 counts as that.
std::optional<std::chrono::seconds> parse_delta_seconds(std::string_view value);

// How long Retry-After asks to wait from `now` on, in seconds or until a date (RFC 9110 §10.2.3); never
// negative.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view value, Timestamp now);

// The fields that say how long an answer stays fresh; "" where one is missing.
struct CachingFields {
  std::string cache_control;
  std::string expires;
  std::string date;
  std::string age;
};

// For how long from `now` on an answer that has just come is fresh to a private cache (RFC 9111 §4.2):
// max-age, else Expires against Date, less the answer's age. Zero where it is stale already, must not be
// stored or reused (no-store, no-cache), or says nothing: nothing is made up from Last-Modified.
std::chrono::seconds remaining_freshness(const CachingFields& fields, Timestamp now);

// Content-Type (RFC 9110 §8.3.1): "text/html" and "utf-8", both in lower case, "" where missing.
struct MediaType {
  std::string type;
  std::string charset;
};
MediaType parse_media_type(std::string_view value);

}  // namespace stubkeeper::crawler
