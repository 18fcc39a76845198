#include "crawler/content.h"

#include "base/text/utf8.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto feed = crawler::parse_feed(as_text(bytes, size), "", "https://example.org/feed.xml");
  if (!feed.ok()) return 0;
  check_invariant(feed->revisit.min_minutes >= 0 && feed->revisit.skipped_hours < 1U << 24U &&
          feed->revisit.skipped_days < 1U << 7U);
  const Timestamp now{};
  const Timestamp next = crawler::earliest_visit(feed->revisit, now);
  check_invariant(next >= now && next <= now + std::chrono::days{1});
  for (const crawler::Item& item : feed->items) {
    for (const std::string* text :
         {&item.id, &item.url, &item.title, &item.author, &item.summary, &item.content}) {
      check_invariant(!first_invalid_utf8(*text) && text->find('\0') == std::string::npos);
    }
    check_invariant(item.url.empty() || item.url.starts_with("http://") || item.url.starts_with("https://"));
    check_invariant(!item.identity().empty());
  }
  return 0;
}
