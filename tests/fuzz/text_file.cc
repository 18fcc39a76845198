#include "crawler/content.h"

#include "base/text/utf8.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto content = crawler::read_text(as_text(bytes, size), "notes.md");
  promise(content.ok());
  promise(!first_invalid_utf8(content->text));
  crawler::recognize(as_text(bytes, size), "", "https://example.org/x");
  return 0;
}
