#include "crawler/extract/fold_case.h"

#include <unicode/unistr.h>

#include <algorithm>

namespace stubkeeper::crawler {

std::string fold_case(std::string_view text) {
  constexpr std::size_t max_bytes = 1'000'000;
  icu::UnicodeString unicode = icu::UnicodeString::fromUTF8(
      icu::StringPiece{text.data(), static_cast<int32_t>(std::min(text.size(), max_bytes))});
  unicode.foldCase();
  std::string folded;
  unicode.toUTF8String(folded);
  if (text.size() > max_bytes) folded += text.substr(max_bytes);
  return folded;
}

}  // namespace stubkeeper::crawler
