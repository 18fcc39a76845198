#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace stubkeeper {

// HTTP header fields in order (RFC 9110 §6.3). Names of received ones are in lower case.
using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

// The value of the first field with that name (in lower case), or "".
const std::string& header_value(const HttpHeaders& headers, std::string_view name);

// The values of all fields with that name, joined with ", ": for fields that are lists (RFC 9110
// §5.3).
std::string joined_header_values(const HttpHeaders& headers, std::string_view name);

// The values below are pure functions of their bytes. One that breaks its grammar is read as far as
// it makes sense, or not at all; none fails.

// An HTTP-date from 1970 to 9999 in any of its three forms, and deviations in use (RFC 9110
// §5.6.7).
std::optional<Timestamp> parse_http_date(std::string_view value);

// A number of seconds (RFC 9111 §1.2.2): digits alone, at most 2^31.
std::optional<std::chrono::seconds> parse_delta_seconds(std::string_view value);

// How long Retry-After asks to wait from `now`, in seconds or until a date (RFC 9110 §10.2.3); 0 to
// 2^31.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view value, Timestamp now);

// Reads a structured field value from its beginning: tokens, quoted strings and delimiters (RFC
// 9110 §5.6). White space before each is skipped. `value` must outlive it.
class FieldParser {
 public:
  explicit FieldParser(std::string_view value) : rest_(value) { skip_space(); }

  bool at_end() const { return rest_.empty(); }

  // Takes the delimiter, if it is next.
  bool consume(char delimiter);

  // The next token; "" where another character is next.
  std::string_view token();

  // A quoted string without its quotes and backslashes, or all before the next delimiter: servers
  // leave quotes out. A quoted string without an end goes to the end of the value.
  std::string read_token_or_quoted();

  // All before the next `delimiter`, which is taken too; the rest where there is none.
  std::string_view read_until(char delimiter);

  // Past the next `delimiter` outside of a quoted string.
  void skip_past(char delimiter);

 private:
  void skip_space();
  std::string_view rest_;
};

}  // namespace stubkeeper
