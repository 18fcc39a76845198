#include "base/text/toml_validation.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/utf8.h"

namespace stubkeeper {
namespace {

// Scans TOML just enough to know which bytes are in strings and comments.
class StringScanner {
 public:
  explicit StringScanner(std::string_view text) : text_(text) {}

  std::optional<std::size_t> first_non_ascii_outside_strings() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (c == '"' || c == '\'') {
        if (!can_begin_string()) return at_;
        skip_string(c);
      } else if (!is_ascii(c)) {
        return at_;
      } else {
        ++at_;
      }
    }
    return std::nullopt;
  }

 private:
  // A string is a key or a value: it begins a line or follows one of these signs.
  bool can_begin_string() const {
    const std::size_t before = text_.substr(0, at_).find_last_not_of(" \t");
    return before == std::string_view::npos ||
           std::string_view{"\r\n=[{,."}.find(text_[before]) != std::string_view::npos;
  }

  void skip_string(char quote) {
    const std::string_view rest = text_.substr(at_);
    const bool is_multiline = rest.size() >= 3 && rest[1] == quote && rest[2] == quote;
    at_ += is_multiline ? 3 : 1;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\\' && quote == '"') {
        at_ += 2;
        continue;
      }
      if (c == '\n' && !is_multiline) return;  // ill-formed: the next line begins anew
      if (c == quote && (!is_multiline || text_.substr(at_, 3) == std::string(3, quote))) {
        at_ += is_multiline ? 3 : 1;
        // One or two more quotation marks belong to the string (TOML 1.0, strings).
        for (int i = 0; is_multiline && i < 2 && at_ < text_.size() && text_[at_] == quote; ++i) ++at_;
        return;
      }
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<std::size_t> first_invalid_toml_byte(std::string_view text) {
  const auto control = std::find_if(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
  });
  const auto at = static_cast<std::size_t>(control - text.begin());
  if (const auto invalid = first_invalid_utf8(text); invalid && *invalid < at) return invalid;
  if (control != text.end()) return at;
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  const std::size_t skipped = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  const auto bare = StringScanner{text.substr(skipped)}.first_non_ascii_outside_strings();
  return bare ? std::optional{*bare + skipped} : std::nullopt;
}

}  // namespace stubkeeper
