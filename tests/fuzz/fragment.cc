#include "base/text/utf8.h"
#include "crawler/extract/blocks.h"
#include "crawler/html/plain_html.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper;

// What is read without the HTML parser has the text that the HTML parser gives it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string html = to_valid_utf8(as_text(bytes, size));
  if (!crawler::parse_plain_html(html)) return 0;
  const auto parsed = crawler::PageTree::parse(html);
  check_invariant(parsed.ok());
  check_invariant(crawler::html_to_text(html) == crawler::tree_to_text(**parsed));
  return 0;
}
