#include "crawler/http/header_fields.h"

#include <algorithm>

#include "base/http/header_fields.h"
#include "base/text/ascii.h"

namespace stubkeeper::crawler {
namespace {

using std::chrono::seconds;

constexpr seconds max_freshness{std::int64_t{1} << 31};

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
    // no-cache with field names asks to leave out those fields, which are not kept anyway
    // (§5.2.2.4).
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
  return std::clamp(lifetime - current_age(fields, now), seconds{0}, max_freshness);
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
