#include "llm/prices/token_bound.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <string_view>

namespace stubkeeper::llm {
namespace {

constexpr std::int64_t endpoint_overhead_tokens = 1024;

// Takes text and keeps its length alone.
class CountingSink final : public icu::ByteSink {
 public:
  void Append(const char*, int32_t count) override { bytes += count; }
  std::int64_t bytes = 0;
};

std::int64_t max_tokens(std::string_view text) {
  const auto bytes = static_cast<std::int64_t>(text.size());
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(error);
  CountingSink sink;
  if (U_SUCCESS(error))
    nfkc->normalizeUTF8(0, {text.data(), static_cast<int32_t>(text.size())}, sink, nullptr, error);
  // Without ICU's data: no character's NFKC form has more than eleven times its bytes in UTF-8 (Unicode
  // Standard Annex #15, table 5: U+FDFA).
  return U_SUCCESS(error) ? std::max(bytes, sink.bytes) : 11 * bytes;
}

}  // namespace

std::int64_t max_input_tokens(const ModelRequest& request) {
  return max_tokens(request.instructions) + max_tokens(request.input) + max_tokens(request.answer_schema) +
         max_tokens(request.schema_name) + endpoint_overhead_tokens;
}

}  // namespace stubkeeper::llm
