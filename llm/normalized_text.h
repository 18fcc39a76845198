#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// A text in the form in which quotes are compared, with a map to its raw bytes. Unicode NFKC, but
// superscripts, subscripts and fractions stay what they are (10² is not 102, ½ is not 1/2);
// quotation marks, apostrophes and dashes are one each; white space of any kind and length is one
// space; soft hyphens and zero-width characters are dropped; a word hyphenated at a line's end is
// joined. Case counts. Bytes that are no UTF-8 are U+FFFD, one each. Immutable; safe to share
// between threads.
class NormalizedText {
 public:
  explicit NormalizedText(std::string_view raw);

  const std::string& text() const { return text_; }

  struct RawRange {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  // The raw bytes that normalized bytes [begin, end) come from, on borders of characters. begin <
  // end <= text().size().
  RawRange raw_range(std::size_t begin, std::size_t end) const;

  // Finds a normalized needle as whole words (where it begins or ends with a letter or digit, the
  // text's neighbour is none), at or after a raw byte; nothing for an empty needle.
  std::optional<RawRange> find(std::string_view normalized_needle, std::size_t from_raw_byte) const;

  // A character of a text with its bytes; code -1 for a byte that is no UTF-8.
  struct Character {
    std::int32_t code = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

 private:
  // A piece of text() and the raw bytes that it comes from: byte by byte where both are as long and
  // `is_plain`, else all of it from all of them. Together they cover text(), in order.
  struct Run {
    std::uint32_t begin = 0;  // in text()
    std::uint32_t raw_begin = 0;
    std::uint32_t raw_end = 0;
    bool is_plain = false;
  };
  void append_plain(std::string_view raw, std::size_t begin, std::size_t end);
  void append_text(std::string_view bytes, std::size_t raw_begin, std::size_t raw_end);
  void drop_last_byte();
  std::size_t fold_space(std::string_view raw, const Character& first);
  std::size_t append_composed(std::string_view raw, const Character& first);
  std::size_t first_byte_from(std::size_t raw_byte) const;
  const Run& run_at(std::size_t byte) const;

  std::string text_;
  std::vector<Run> runs_;
};

}  // namespace stubkeeper::llm
