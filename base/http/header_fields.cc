#include "base/http/header_fields.h"

#include <curl/curl.h>

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/strings.h"

namespace stubkeeper {
namespace {

using std::chrono::seconds;

constexpr seconds max_delta_seconds{std::int64_t{1} << 31};
constexpr std::int64_t last_second_of_9999 = 253'402'300'799;

// tchar (RFC 9110 §5.6.2)
bool is_token_character(char c) {
  return is_ascii_alphanumeric(c) || std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}

}  // namespace

const std::string& header_value(const HttpHeaders& headers, std::string_view name) {
  static const std::string missing;
  const auto found =
      std::find_if(headers.begin(), headers.end(), [&](const auto& header) { return header.first == name; });
  return found == headers.end() ? missing : found->second;
}

std::string joined_header_values(const HttpHeaders& headers, std::string_view name) {
  std::string joined;
  for (const auto& [each, value] : headers)
    if (each == name) append_with_separator(joined, ", ", value);
  return joined;
}

std::optional<Timestamp> parse_http_date(std::string_view value) {
  const std::string text{trim_ascii(value)};
  // A number alone is no date here, though curl reads one in it.
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

void FieldParser::skip_space() {
  while (!rest_.empty() && is_ascii_space(rest_.front())) rest_.remove_prefix(1);
}

bool FieldParser::consume(char delimiter) {
  skip_space();
  if (rest_.empty() || rest_.front() != delimiter) return false;
  rest_.remove_prefix(1);
  skip_space();
  return true;
}

std::string_view FieldParser::token() {
  skip_space();
  const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_token_character);
  const std::string_view found = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
  rest_.remove_prefix(found.size());
  skip_space();
  return found;
}

std::string FieldParser::read_token_or_quoted() {
  skip_space();
  std::string text;
  if (rest_.empty() || rest_.front() != '"') {
    const std::string_view bare = rest_.substr(0, std::min(rest_.find_first_of(",;"), rest_.size()));
    rest_.remove_prefix(bare.size());
    return std::string{trim_ascii(bare)};
  }
  rest_.remove_prefix(1);
  while (!rest_.empty()) {
    char next = rest_.front();
    rest_.remove_prefix(1);
    if (next == '"') break;
    if (next == '\\' && !rest_.empty()) {
      next = rest_.front();
      rest_.remove_prefix(1);
    }
    text += next;
  }
  skip_space();
  return text;
}

std::string_view FieldParser::read_until(char delimiter) {
  const std::size_t end = rest_.find(delimiter);
  const std::string_view found = rest_.substr(0, std::min(end, rest_.size()));
  rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  skip_space();
  return found;
}

void FieldParser::skip_past(char delimiter) {
  while (!rest_.empty() && rest_.front() != delimiter) {
    if (rest_.front() == '"') {
      read_token_or_quoted();
    } else {
      rest_.remove_prefix(1);
    }
  }
  consume(delimiter);
}

}  // namespace stubkeeper
