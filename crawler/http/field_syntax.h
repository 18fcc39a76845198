#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// Reads a structured field value from its beginning to its end: tokens, quoted strings and the delimiters
// between them (RFC 9110 §5.6). White space before each of these is passed over. `value` must outlive it.
class FieldParser {
 public:
  explicit FieldParser(std::string_view value) : rest_(value) { skip_space(); }

  bool at_end() const { return rest_.empty(); }

  // Takes a delimiter, if it stands next.
  bool consume(char delimiter);

  // The token that stands next; "" where another character does.
  std::string_view token();

  // A quoted string without its quotes and backslashes, or what stands before the next delimiter: servers
  // leave quotes out where the grammar wants them. A quoted string that does not end goes to the end of the
  // value.
  std::string read_token_or_quoted();

  // All before the next `delimiter`, which is taken too; the rest where it is missing.
  std::string_view read_until(char delimiter);

  // Behind the next `delimiter` that stands in no quoted string.
  void skip_past(char delimiter);

 private:
  void skip_space();
  std::string_view rest_;
};

}  // namespace stubkeeper::crawler
