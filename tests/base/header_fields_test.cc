#include "base/http/header_fields.h"

#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace std::chrono_literals;

namespace {

const Timestamp now = *parse_rfc3339("2026-06-29T12:00:00Z");

}  // namespace

TEST_CASE("an HTTP date is read in its three forms, and nothing is made of what is none") {
  const Timestamp wanted = *parse_rfc3339("1994-11-06T08:49:37Z");
  CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == wanted);
  CHECK(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT") == wanted);
  CHECK(parse_http_date(" Sun Nov  6 08:49:37 1994 ") == wanted);
  CHECK_FALSE(parse_http_date("0"));
  CHECK_FALSE(parse_http_date("-1"));
  CHECK_FALSE(parse_http_date(""));
  CHECK_FALSE(parse_http_date("tomorrow"));
  CHECK_FALSE(parse_http_date("01 Jan 999999999 00:00:00 GMT"));
}

TEST_CASE("Retry-After is a number of seconds or a date, and never in the past") {
  CHECK(parse_retry_after("120", now) == 120s);
  CHECK(parse_retry_after(" 0 ", now) == 0s);
  CHECK(parse_retry_after("Mon, 29 Jun 2026 12:01:00 GMT", now) == 60s);
  CHECK(parse_retry_after("Mon, 29 Jun 2026 11:00:00 GMT", now) == 0s);
  CHECK(parse_retry_after("99999999999999999999999", now) == 2147483648s);
  CHECK_FALSE(parse_retry_after("-5", now));
  CHECK_FALSE(parse_retry_after("1.5", now));
  CHECK_FALSE(parse_retry_after("soon", now));
  CHECK_FALSE(parse_retry_after("", now));
}

TEST_CASE("of several fields with one name the first counts, and of a list all") {
  const HttpHeaders headers{
      {"etag", "\"a\""}, {"cache-control", "no-cache"}, {"etag", "\"b\""}, {"cache-control", "private"}};
  CHECK(header_value(headers, "etag") == "\"a\"");
  CHECK(header_value(headers, "age").empty());
  CHECK(joined_header_values(headers, "cache-control") == "no-cache, private");
  CHECK(joined_header_values(headers, "age").empty());
}
