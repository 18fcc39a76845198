#include "crawler/http/header_fields.h"

#include "base/http/header_fields.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper;
using std::chrono::seconds;

namespace {

// The first line of the rest, which it takes away.
std::string next_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string line{rest.substr(0, end)};
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

bool is_lower_case(std::string_view text) {
  return text.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  constexpr seconds longest{std::int64_t{1} << 31};
  const Timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 6 / 29}};
  const std::string_view whole = as_text(bytes, size);

  const auto delta = parse_delta_seconds(whole);
  check_invariant(!delta || (*delta >= seconds{0} && *delta <= longest));
  const auto retry = parse_retry_after(whole, now);
  check_invariant(!retry || (*retry >= seconds{0} && *retry <= longest));
  check_invariant(!delta || retry == delta);
  const auto media = crawler::parse_media_type(whole);
  check_invariant(is_lower_case(media.type) && is_lower_case(media.charset));

  std::string_view rest = whole;
  crawler::CachingFields fields;
  fields.cache_control = next_line(rest);
  fields.expires = next_line(rest);
  fields.date = next_line(rest);
  fields.age = next_line(rest);
  const seconds fresh = crawler::remaining_freshness(fields, now);
  check_invariant(fresh >= seconds{0} && fresh <= longest);
  // An answer never gets fresher with age.
  check_invariant(crawler::remaining_freshness(fields, now + seconds{60}) <= fresh);
  return 0;
}
