#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

// Raw HTML of a block's text as CommonMark reads it (§4.6 and §6.6): a tag, a comment, or a whole HTML block.
// Neither escaped text, code nor a shortcode is any.
struct RawHtml {
  std::string text;
  std::size_t line = 0;  // 0-based, in the block's text
  bool is_block = false;
};

// The raw HTML of a block, in order. The block is parsed, so look for "<" in it first.
std::vector<RawHtml> find_raw_html(std::string_view block);

// The line ends before a byte of a text, for bytes in rising order: linear time.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : text_(text) {}
  std::size_t count_before(std::size_t byte) {
    for (; at_ < byte; ++at_) {
      if (text_[at_] == '\n') ++lines_;
    }
    return lines_;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t lines_ = 0;
};

// HTML without its comments, each as spaces of the same length. A comment ends as the HTML standard says
// (§13.2.5.43): "<!-->" is one. One that never ends stays.
std::string mask_html_comments(std::string_view html);

// What a block opens and never closes.
struct UnclosedMarkup {
  std::string opening;   // "```", "<!--"
  std::size_t line = 0;  // 0-based, in the block's text
};

// The fenced code of a list item or quotation that ends with it and not by a fence, and a comment in running text
// or in an HTML block that is over before it. What takes in the rest of a page is find_unclosed_block()'s.
std::vector<UnclosedMarkup> find_unclosed_markup(std::string_view block);

}  // namespace stubkeeper::entries
