#include "crawler/http/field_syntax.h"

#include <algorithm>

#include "base/text/ascii.h"

namespace stubkeeper::crawler {
namespace {

// tchar (RFC 9110 §5.6.2)
bool is_token_character(char c) {
  return is_ascii_alphanumeric(c) || std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}

}  // namespace

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

}  // namespace stubkeeper::crawler
