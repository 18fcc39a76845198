#include "crawler/http/header_fields.h"

#include <algorithm>
#include <array>

#include "base/http/header_fields.h"
#include "base/text/ascii.h"

namespace stubkeeper::crawler {
namespace {

using std::chrono::seconds;

struct ReasonPhrase {
  int status;
  std::string_view phrase;
};
constexpr std::array reason_phrases = std::to_array<ReasonPhrase>({{300, "Multiple Choices"},
                                                                   {301, "Moved Permanently"},
                                                                   {302, "Found"},
                                                                   {303, "See Other"},
                                                                   {307, "Temporary Redirect"},
                                                                   {308, "Permanent Redirect"},
                                                                   {400, "Bad Request"},
                                                                   {401, "Unauthorized"},
                                                                   {402, "Payment Required"},
                                                                   {403, "Forbidden"},
                                                                   {404, "Not Found"},
                                                                   {405, "Method Not Allowed"},
                                                                   {406, "Not Acceptable"},
                                                                   {408, "Request Timeout"},
                                                                   {410, "Gone"},
                                                                   {412, "Precondition Failed"},
                                                                   {416, "Range Not Satisfiable"},
                                                                   {418, "I'm a teapot"},
                                                                   {421, "Misdirected Request"},
                                                                   {429, "Too Many Requests"},
                                                                   {451, "Unavailable For Legal Reasons"},
                                                                   {500, "Internal Server Error"},
                                                                   {501, "Not Implemented"},
                                                                   {502, "Bad Gateway"},
                                                                   {503, "Service Unavailable"},
                                                                   {504, "Gateway Timeout"}});

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

std::string status_text(int status) {
  const auto found = std::find_if(reason_phrases.begin(), reason_phrases.end(),
                                  [&](const ReasonPhrase& reason) { return reason.status == status; });
  std::string text = std::to_string(status);
  if (found != reason_phrases.end()) text += " " + std::string{found->phrase};
  return text;
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace stubkeeper::crawler
