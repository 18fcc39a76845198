#include <algorithm>

#include "base/text/utf8.h"
#include "crawler/extract/blocks.h"
#include "tests/fuzz/input.h"
#include "tests/support/gumbo_tree.h"

using namespace stubkeeper;

// Markup that is not too deep has the text that gumbo alone finds in it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string html = to_valid_utf8(as_text(bytes, size));
  const std::string text = crawler::html_to_text(html);
  check_invariant(!first_invalid_utf8(text));
  const bool is_bounded = size < 400 && std::count(html.begin(), html.end(), '<') < 40;
  const bool has_mark = html.find("\U0010FFFD") != std::string::npos || html.find("&#") != std::string::npos;
  if (is_bounded && !has_mark) check_invariant(text == crawler::tree_to_text(parse_with_gumbo_alone(html)));
  return 0;
}
