#include "crawler/html/fold_text.h"

#include <algorithm>
#include <array>

#include "base/text/ascii.h"

namespace stubkeeper::crawler {
namespace {

// How many bytes of white space, or of a character without width, begin at `at`; 0 for anything
// else.
struct WhiteSpace {
  std::size_t bytes = 0;
  bool has_width = true;
};

WhiteSpace white_space_at(std::string_view text, std::size_t at) {
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

// Bytes that begin neither white space nor a character without width.
constexpr std::array<bool, 256> make_non_white_space_table() {
  std::array<bool, 256> plain{};
  plain.fill(true);
  for (const char space : {' ', '\t', '\n', '\r', '\f', '\v'})
    plain[static_cast<unsigned char>(space)] = false;
  for (const unsigned byte : {0xC2U, 0xE1U, 0xE2U, 0xE3U, 0xEFU}) plain[byte] = false;
  return plain;
}

bool begins_no_white_space(char c) {
  static constexpr std::array<bool, 256> plain = make_non_white_space_table();
  return plain[static_cast<unsigned char>(c)];
}

// Where the words after `at` with one space between them end. They are copied in one piece, since
// most text is nothing else.
std::size_t end_of_words(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const bool is_single_space =
        text[at] == ' ' && at + 1 < text.size() && begins_no_white_space(text[at + 1]);
    if (!begins_no_white_space(text[at]) && !is_single_space) break;
    ++at;
  }
  return at;
}

}  // namespace

std::string fold_white_space(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  bool space = false;
  for (std::size_t at = 0; at < text.size();) {
    const WhiteSpace white_space = white_space_at(text, at);
    if (white_space.bytes > 0) {
      space = space || white_space.has_width;
      at += white_space.bytes;
      continue;
    }
    if (space && !folded.empty()) folded += ' ';
    space = false;
    const std::size_t end = std::max(end_of_words(text, at), at + 1);
    folded += text.substr(at, end - at);
    at = end;
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
