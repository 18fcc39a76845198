#include "crawler/http/header_fields.h"

#include <curl/curl.h>

#include <algorithm>

#include "base/text/ascii.h"
#include "crawler/http/field_syntax.h"

namespace stubkeeper::crawler {
namespace {

using std::chrono::seconds;

constexpr seconds max_delta_seconds{std::int64_t{1} << 31};
constexpr std::int64_t last_second_of_9999 = 253'402'300'799;

// Directives of a Cache-Control field, by name; of two with one name the first (RFC 9111 §4.2.1).
struct CacheDirectives {
  bool forbid_reuse = false;
  std::optional<seconds> max_age;
};

CacheDirectives parse_cache_control(std::string_view value) {
  CacheDirectives directives;
  FieldParser parser{value};
  for (; !parser.at_end(); parser.skip_past(',')) {
    const std::string name = ascii_lower(parser.token());
    const std::string argument = parser.consume('=') ? parser.read_token_or_quoted() : "";
    // no-cache with field names asks to leave out those fields, which are not kept anyway (§5.2.2.4).
    if (name == "no-store" || (name == "no-cache" && argument.empty())) directives.forbid_reuse = true;
    if (name == "max-age" && !directives.max_age) {
      // An invalid number makes the answer stale (§4.2.1).
      directives.max_age = parse_delta_seconds(argument).value_or(seconds{0});
    }
  }
  return directives;
}

seconds current_age(const CachingFields& fields, Timestamp now) {
  const seconds age_value = parse_delta_seconds(fields.age).value_or(seconds{0});
  const auto date = parse_http_date(fields.date);
  const seconds apparent = date ? std::chrono::floor<seconds>(now - *date) : seconds{0};
  return std::max({age_value, apparent, seconds{0}});
}

}  // namespace

std::optional<Timestamp> parse_http_date(std::string_view value) {
  const std::string text{trim_ascii(value)};
  // A number alone is no date here, whatever curl would read in it.
  if (text.empty() || std::all_of(text.begin(), text.end(), is_ascii_digit)) return std::nullopt;
  const time_t time = curl_getdate(text.c_str(), nullptr);
  // Years have four digits; curl reads more, up to what no Timestamp holds.
  if (time < 0 || time > last_second_of_9999) return std::nullopt;
  return Timestamp{seconds{time}};
}

std::optional<seconds> parse_delta_seconds(std::string_view value) {
  value = trim_ascii(value);
  if (value.empty() || !std::all_of(value.begin(), value.end(), is_ascii_digit)) return std::nullopt;
  seconds sum{0};
  for (const char digit : value) sum = std::min(max_delta_seconds, sum * 10 + seconds{digit - '0'});
  return sum;
}

std::optional<seconds> parse_retry_after(std::string_view value, Timestamp now) {
  if (const auto wait = parse_delta_seconds(value)) return wait;
  const auto date = parse_http_date(value);
  if (!date) return std::nullopt;
  return std::clamp(std::chrono::ceil<seconds>(*date - now), seconds{0}, max_delta_seconds);
}

seconds remaining_freshness(const CachingFields& fields, Timestamp now) {
  const CacheDirectives directives = parse_cache_control(fields.cache_control);
  if (directives.forbid_reuse) return seconds{0};
  seconds lifetime{0};
  if (directives.max_age) {
    lifetime = *directives.max_age;
  } else if (const auto expires = parse_http_date(fields.expires)) {
    lifetime = std::chrono::floor<seconds>(*expires - parse_http_date(fields.date).value_or(now));
  }
  if (lifetime <= seconds{0}) return seconds{0};
  return std::clamp(lifetime - current_age(fields, now), seconds{0}, max_delta_seconds);
}

MediaType parse_media_type(std::string_view value) {
  MediaType media;
  FieldParser parser{value};
  media.type = ascii_lower(trim_ascii(parser.read_until(';')));
  while (!parser.at_end()) {
    const std::string name = ascii_lower(parser.token());
    const std::string argument = parser.consume('=') ? parser.read_token_or_quoted() : "";
    if (name == "charset" && media.charset.empty()) media.charset = ascii_lower(argument);
    parser.skip_past(';');
  }
  return media;
}

}  // namespace stubkeeper::crawler
