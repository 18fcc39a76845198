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
  promise(parsed.ok());
  promise(crawler::text_of_html(html) == crawler::text_of_tree(**parsed));
  return 0;
}
