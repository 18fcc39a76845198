#include "base/clock.h"
#include "crawler/feeds/feed_dialect.h"
#include "crawler/pdf/pdf_information.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper;

namespace {

void check_date(const std::string& date) {
  check_invariant(date.empty() || date.size() == 4 || date.size() == 7 || parse_rfc3339(date).has_value());
}

}  // namespace

// Dates of feeds and PDFs, which are read more freely than those of pages.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text{as_text(bytes, size)};
  const std::string date = crawler::parse_feed_date(text);
  check_date(date);
  check_invariant(crawler::parse_feed_date(date) == date);
  check_date(crawler::parse_pdf_date(text));
  crawler::is_placeholder_title(text);
  return 0;
}
