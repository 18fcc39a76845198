#include "base/text/utf8.h"
#include "crawler/reading/reading_messages.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper;

namespace {

void check_text(const std::string& text) {
  check_invariant(!first_invalid_utf8(text) && text.find('\0') == std::string::npos);
}

}  // namespace

// The answer of a reader that a document has taken over.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input = as_text(bytes, size);
  for (const auto kind :
       {crawler::ContentKind::page, crawler::ContentKind::feed, crawler::ContentKind::sitemap}) {
    const auto answer = crawler::decode_answer(input, kind);
    if (!answer.ok()) {
      check_text(answer.error().message);
      continue;
    }
    if (const auto* content = std::get_if<crawler::Content>(&*answer)) check_text(content->text);
    // What was accepted is accepted again, and says the same.
    const std::string said = crawler::encode_answer(answer);
    check_invariant(crawler::encode_answer(crawler::decode_answer(said, kind)) == said);
  }
  crawler::decode_request(input);
  return 0;
}
