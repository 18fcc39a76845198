#include "review/passage_pieces.h"

#include "base/text/ascii.h"

namespace stubkeeper::review {
namespace {

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Where the first piece of a text that is longer than that ends.
std::size_t end_of_piece(std::string_view text, std::size_t most) {
  for (std::size_t end = most; end > most / 2; --end) {
    const bool sentence = end >= 2 && text[end - 1] == ' ' &&
                          (text[end - 2] == '.' || text[end - 2] == '!' || text[end - 2] == '?');
    if (sentence) return end;
  }
  for (std::size_t end = most; end > 0; --end)
    if (is_ascii_space(text[end - 1])) return end;
  std::size_t end = most;
  while (end > 1 && continues_character(text[end])) --end;
  return end;
}

}  // namespace

std::vector<std::string_view> pieces_of(std::string_view passage, std::size_t most_bytes) {
  std::vector<std::string_view> pieces;
  while (passage.size() > most_bytes) {
    const std::size_t end = end_of_piece(passage, most_bytes);
    pieces.push_back(passage.substr(0, end));
    passage.remove_prefix(end);
  }
  if (!passage.empty() || pieces.empty()) pieces.push_back(passage);
  return pieces;
}

}  // namespace stubkeeper::review
