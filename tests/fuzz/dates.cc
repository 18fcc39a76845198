#include "base/text/dates.h"

#include "base/clock.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string date = parse_date(as_text(bytes, size));
  check_invariant(date.empty() || date.size() == 4 || date.size() == 7 || parse_rfc3339(date).has_value());
  // What is given is what would be read again.
  check_invariant(parse_date(date) == date);
  find_date(as_text(bytes, size));
  return 0;
}
