#include "crawler/content.h"

#include "base/text/utf8.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto content = crawler::parse_text_file(as_text(bytes, size), "notes.md");
  check_invariant(content.ok());
  check_invariant(!first_invalid_utf8(content->text));
  crawler::detect_content_kind(as_text(bytes, size), "", "https://example.org/x");
  return 0;
}
