#include "crawler/robots_path.h"

#include "base/text/ascii.h"
#include "base/text/url.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

bool is_one_of(char c, std::string_view characters) {
  return characters.find(c) != std::string_view::npos;
}

// Whether a character means the same encoded and not (RFC 3986 §2.3, §3.3, §3.4). '*' and '$',
// which are signs in a pattern, are the caller's.
bool needs_no_encoding(char c, bool in_query) {
  if (is_ascii_alphanumeric(c) || is_one_of(c, "-._~:@!'(),")) return true;
  return is_one_of(c, in_query ? "/?" : "&+;=");
}

bool is_delimiter(char c, bool in_query) {
  return is_one_of(c, in_query ? "&+;=" : "/?");
}

void append_percent_encoded(std::string& text, char c) {
  static constexpr char hex[] = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  text += '%';
  text += hex[byte >> 4];
  text += hex[byte & 15];
}

std::string normalize(std::string_view text, bool is_pattern) {
  std::string result;
  result.reserve(text.size());
  bool in_query = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool encoded = text[i] == '%' && i + 2 < text.size() && hex_digit_value(text[i + 1]) >= 0 &&
                         hex_digit_value(text[i + 2]) >= 0;
    const char c = encoded
                       ? static_cast<char>(hex_digit_value(text[i + 1]) * 16 + hex_digit_value(text[i + 2]))
                       : text[i];
    const bool is_wildcard = is_pattern && !encoded && (c == '*' || (c == '$' && i + 1 == text.size()));
    if (is_wildcard || needs_no_encoding(c, in_query) || (!encoded && is_delimiter(c, in_query))) {
      result += c;
    } else {
      append_percent_encoded(result, c);
    }
    if (encoded) i += 2;
    in_query = in_query || (c == '?' && !encoded);
  }
  return result;
}

// Unchanged: the URL library must not decide what is encoded.
std::string_view path_and_query(std::string_view address) {
  if (address.find("://") != std::string_view::npos && parse_url(address))
    address = url_path_and_rest(address);
  return address.substr(0, address.find('#'));
}

}  // namespace

std::string normalize_path(std::string_view address) {
  const std::string_view path = path_and_query(address);
  return (path.starts_with('/') ? "" : "/") + normalize(path, false);
}

std::string normalize_pattern(std::string_view pattern) {
  return normalize(pattern, true);
}

bool pattern_matches(std::string_view pattern, std::string_view path) {
  const bool anchored_at_end = pattern.ends_with('$');
  if (anchored_at_end) pattern.remove_suffix(1);
  std::size_t p = 0;
  std::size_t s = 0;
  // Greedy with one point of return: an earlier star can take nothing that the last one could not.
  std::size_t star = std::string_view::npos;
  std::size_t retry = 0;
  for (;;) {
    if (p == pattern.size() && (!anchored_at_end || s == path.size())) return true;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = s;
    } else if (p < pattern.size() && s < path.size() && pattern[p] == path[s]) {
      ++p;
      ++s;
    } else if (star != std::string_view::npos && retry < path.size()) {
      p = star + 1;
      s = ++retry;
    } else {
      return false;
    }
  }
}

}  // namespace stubkeeper::crawler
