#include "crawler/content.h"
#include "crawler/passages.h"

#include "base/text/utf8.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto content =
      crawler::parse_page(as_text(bytes, size), "text/html", "https://example.org/2026/05/07/a");
  if (!content.ok()) return 0;
  for (const std::string* text :
       {&content->text, &content->title, &content->author, &content->published, &content->modified,
        &content->language, &content->site_name, &content->canonical_url}) {
    check_invariant(!first_invalid_utf8(*text) && text->find('\0') == std::string::npos);
  }
  std::size_t at = 0;
  for (const crawler::TextRange& range : crawler::split_passages(content->text)) {
    check_invariant(range.begin >= at && range.end > range.begin && range.end <= content->text.size());
    at = range.end;
    crawler::normalized_passage(std::string_view{content->text}.substr(range.begin, range.end - range.begin));
  }
  return 0;
}
