#include "crawler/http/header_fields.h"

#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;
using namespace std::chrono_literals;

namespace {

const Timestamp now = *parse_rfc3339("2026-06-29T12:00:00Z");

CachingFields cache_control(const std::string& value) {
  return {value, "", "", ""};
}

}  // namespace

TEST_CASE("an answer is fresh for its max-age, which goes before Expires") {
  CHECK(remaining_freshness(cache_control("max-age=3600"), now) == 3600s);
  CHECK(remaining_freshness(cache_control("Public, MAX-AGE=\"60\""), now) == 60s);
  CHECK(remaining_freshness(cache_control("max-age=60, max-age=90"), now) == 60s);
  CHECK(remaining_freshness(cache_control("s-maxage=3600"), now) == 0s);
  CHECK(remaining_freshness({"max-age=60", "Mon, 29 Jun 2026 18:00:00 GMT", "", ""}, now) == 60s);
}

TEST_CASE("an answer is fresh until it expires, counted from the server's own date") {
  CHECK(remaining_freshness({"", "Mon, 29 Jun 2026 13:00:00 GMT", "Mon, 29 Jun 2026 12:00:00 GMT", ""}, now) == 3600s);
  // The server's clock is an hour ahead: what counts is the time between its two dates.
  CHECK(remaining_freshness({"", "Mon, 29 Jun 2026 14:00:00 GMT", "Mon, 29 Jun 2026 13:00:00 GMT", ""}, now) == 3600s);
  CHECK(remaining_freshness({"", "Mon, 29 Jun 2026 13:00:00 GMT", "", ""}, now) == 3600s);
  CHECK(remaining_freshness({"", "0", "Mon, 29 Jun 2026 12:00:00 GMT", ""}, now) == 0s);
}

TEST_CASE("the time that an answer spent in caches on its way is taken off") {
  CHECK(remaining_freshness({"max-age=3600", "", "", "600"}, now) == 3000s);
  CHECK(remaining_freshness({"max-age=3600", "", "Mon, 29 Jun 2026 11:30:00 GMT", "600"}, now) == 1800s);
  CHECK(remaining_freshness({"max-age=60", "", "", "600"}, now) == 0s);
}

TEST_CASE("an answer that must not be reused, or says nothing, is not fresh at all") {
  CHECK(remaining_freshness(cache_control("no-store, max-age=3600"), now) == 0s);
  CHECK(remaining_freshness(cache_control("max-age=3600, no-cache"), now) == 0s);
  CHECK(remaining_freshness(cache_control("no-cache=\"set-cookie, x\", max-age=3600"), now) == 3600s);
  CHECK(remaining_freshness(cache_control("max-age=often"), now) == 0s);
  CHECK(remaining_freshness(cache_control("x=\"max-age=3600\""), now) == 0s);
  CHECK(remaining_freshness({}, now) == 0s);
}

TEST_CASE("a content type is read with its charset, in quotes or not") {
  CHECK(parse_media_type("Text/HTML; Charset=\"UTF-8\"").type == "text/html");
  CHECK(parse_media_type("Text/HTML; Charset=\"UTF-8\"").charset == "utf-8");
  CHECK(parse_media_type("text/html;charset=iso-8859-1 ; x=y").charset == "iso-8859-1");
  CHECK(parse_media_type("text/html; x=\"; charset=a\"; charset=b").charset == "b");
  CHECK(parse_media_type("text/html; charset = utf-8").charset == "utf-8");
  CHECK(parse_media_type("").type == "");
}
