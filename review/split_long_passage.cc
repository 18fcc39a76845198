#include "review/split_long_passage.h"

#include "base/text/ascii.h"
#include "base/text/sentences.h"
#include "base/text/utf8.h"

namespace stubkeeper::review {
namespace {

// Where the first piece of a text that is longer than that ends.
std::size_t find_piece_end(std::string_view text, std::size_t limit) {
  const auto sentences = split_sentences(text.substr(0, limit));
  const std::size_t last =
      sentences.empty() ? 0 : static_cast<std::size_t>(sentences.back().data() - text.data());
  if (last > limit / 2) return last;
  for (std::size_t end = limit; end > 0; --end)
    if (is_ascii_space(text[end - 1])) return end;
  std::size_t end = limit;
  while (end > 1 && is_utf8_continuation(text[end])) --end;
  return end;
}

}  // namespace

std::vector<std::string_view> split_long_passage(std::string_view passage, std::size_t max_bytes) {
  std::vector<std::string_view> pieces;
  while (passage.size() > max_bytes) {
    const std::size_t end = find_piece_end(passage, max_bytes);
    pieces.push_back(passage.substr(0, end));
    passage.remove_prefix(end);
  }
  if (!passage.empty() || pieces.empty()) pieces.push_back(passage);
  return pieces;
}

}  // namespace stubkeeper::review
