#include "review/split_long_passage.h"

#include "base/text/ascii.h"

namespace stubkeeper::review {
namespace {

bool is_utf8_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Where the first piece of a text that is longer than that ends.
std::size_t find_piece_end(std::string_view text, std::size_t limit) {
  for (std::size_t end = limit; end > limit / 2; --end) {
    const bool sentence = end >= 2 && text[end - 1] == ' ' &&
                          (text[end - 2] == '.' || text[end - 2] == '!' || text[end - 2] == '?');
    if (sentence) return end;
  }
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
