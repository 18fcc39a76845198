#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// A text in the form in which quotes are compared, with the way back to the raw bytes. Unicode NFKC, but
// superscripts, subscripts and fractions stay what they are (10² is not 102, ½ is not 1/2); quotation marks,
// apostrophes and dashes are one each; white space of any kind and length is one space; soft hyphens and
// zero-width characters are dropped; a word hyphenated at a line's end is joined. Case counts. Bytes that are
// no UTF-8 stand as U+FFFD, one each. Immutable; safe to share between threads.
class NormalizedText {
 public:
  explicit NormalizedText(std::string_view raw);

  const std::string& text() const { return text_; }

  struct RawRange {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  // The raw bytes that normalized bytes [begin, end) come from, on borders of characters. begin < end <=
  // text().size().
  RawRange raw_range(std::size_t begin, std::size_t end) const {
    return {raw_begin_[begin], raw_end_[end - 1]};
  }

  // Where a normalized needle stands, as whole words (no letter or digit goes on at either side where the
  // needle begins or ends with one), at or after a raw byte; nothing where it does not, or for an empty
  // needle.
  std::optional<RawRange> find(std::string_view normalized_needle, std::size_t from_raw_byte) const;

 private:
  void put(std::string_view bytes, std::size_t raw_begin, std::size_t raw_end);
  std::string text_;
  std::vector<std::uint32_t> raw_begin_;  // by normalized byte
  std::vector<std::uint32_t> raw_end_;
};

}  // namespace stubkeeper::llm
