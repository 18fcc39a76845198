#include "crawler/read/white_space.h"

#include <algorithm>

#include "schema/base/ascii.h"

namespace stubkeeper::crawler {
namespace {

// How many bytes of white space, or of a character without width, begin at `at`; 0 for anything else.
struct Gap {
  std::size_t bytes = 0;
  bool has_width = true;
};

Gap gap_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
  };
  if (is_ascii_space(text[at])) return {1};
  if (byte(0) == 0xC2 && (byte(1) == 0xA0 || byte(1) == 0x85)) return {2};
  if (byte(0) == 0xE1 && byte(1) == 0x9A && byte(2) == 0x80) return {3};
  if (byte(0) == 0xE2 && byte(1) == 0x80) {
    if (byte(2) == 0x8B) return {3, false};
    if (byte(2) >= 0x80 && byte(2) <= 0x8A) return {3};
    if (byte(2) == 0xA8 || byte(2) == 0xA9 || byte(2) == 0xAF) return {3};
  }
  if (byte(0) == 0xE2 && byte(1) == 0x81 && byte(2) == 0x9F) return {3};
  if (byte(0) == 0xE2 && byte(1) == 0x81 && byte(2) == 0xA0) return {3, false};
  if (byte(0) == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) return {3};
  if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return {3, false};
  return {0};
}

}  // namespace

std::string fold_white_space(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  bool space = false;
  for (std::size_t at = 0; at < text.size();) {
    const Gap gap = gap_at(text, at);
    if (gap.bytes > 0) {
      space = space || gap.has_width;
      at += gap.bytes;
      continue;
    }
    if (space && !folded.empty()) folded += ' ';
    space = false;
    folded += text[at++];
  }
  return folded;
}

std::string fold_code_lines(std::string_view text) {
  std::string folded;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!line.empty() && is_ascii_space(line.back())) line.remove_suffix(1);
    if (line.empty()) continue;
    if (!folded.empty()) folded += '\n';
    folded += line;
  }
  return folded;
}

}  // namespace stubkeeper::crawler
