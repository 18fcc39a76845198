#include "review/quote_context.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "entries/word_diff.h"
#include "llm/extractive/sentences.h"
#include "llm/verification/quote_context.h"

namespace stubkeeper::review {
namespace {

constexpr std::size_t max_line_length = 240;  // characters of a line beside the quote
constexpr std::size_t max_affix_bytes = 400;  // bytes of the quote's own sentence on each side

// A line of a snapshot's text without the mark of what it is (crawler/extract: headings, items, quotations).
std::string_view strip_block_marker(std::string_view line) {
  const std::size_t level = std::min(line.find_first_not_of('#'), line.size());
  if (level > 0 && level < line.size() && line[level] == ' ') return line.substr(level + 1);
  if (line.starts_with("- ") || line.starts_with("> ")) return line.substr(2);
  return line;
}

std::string_view last_sentence(std::string_view line) {
  const auto sentences = llm::split_passage_sentences(line);
  return sentences.empty() ? line : sentences.back();
}

std::string_view first_sentence(std::string_view line) {
  const auto sentences = llm::split_passage_sentences(line);
  return sentences.empty() ? line : sentences.front();
}

// The nearest line with text before a place, or behind it.
std::string_view preceding_line(std::string_view text, std::size_t place) {
  std::string_view rest = trim_ascii(text.substr(0, place));
  const std::size_t begin = rest.rfind('\n');
  return strip_block_marker(begin == std::string_view::npos ? rest : rest.substr(begin + 1));
}

std::string_view find_following_line(std::string_view text, std::size_t place) {
  std::string_view rest = trim_ascii(text.substr(place));
  return strip_block_marker(rest.substr(0, rest.find('\n')));
}

// Ends of a long sentence that are nearest to the quote, cut at a character.
std::string truncate_front(std::string_view part) {
  if (part.size() <= max_affix_bytes) return to_single_line(part);
  std::size_t begin = part.size() - max_affix_bytes;
  while (begin < part.size() && part[begin] != ' ') ++begin;
  return "…" + to_single_line(part.substr(begin));
}

std::string truncate_back(std::string_view part) {
  if (part.size() <= max_affix_bytes) return to_single_line(part);
  const std::size_t space = part.rfind(' ', max_affix_bytes);
  return to_single_line(part.substr(0, space == std::string_view::npos ? 0 : space)) + " …";
}

}  // namespace

QuoteContext extract_quote_context(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t block_begin = begin == 0 ? std::string_view::npos : text.rfind('\n', begin - 1);
  block_begin = block_begin == std::string_view::npos ? 0 : block_begin + 1;
  const std::size_t block_end = std::min(text.find('\n', end), text.size());
  const std::string_view block = text.substr(block_begin, block_end - block_begin);
  const auto around = llm::find_surrounding_sentences(block, begin - block_begin, end - block_begin);

  QuoteContext context;
  context.quote = to_single_line(text.substr(begin, end - begin));
  const bool starts_block = around.before.size() == begin - block_begin;
  context.prefix = truncate_front(starts_block ? strip_block_marker(around.before) : around.before);
  context.suffix = truncate_back(around.after);
  const std::string_view earlier =
      trim_ascii(text.substr(block_begin, begin - around.before.size() - block_begin));
  const std::string_view before =
      !entries::has_word(earlier) ? last_sentence(preceding_line(text, block_begin)) : last_sentence(earlier);
  const std::string_view after = trim_ascii(around.next).empty()
                                     ? first_sentence(find_following_line(text, block_end))
                                     : trim_ascii(around.next);
  context.preceding_line = truncate_at_word(to_valid_utf8(to_single_line(before)), max_line_length);
  context.following_line = truncate_at_word(to_valid_utf8(to_single_line(after)), max_line_length);
  return context;
}

}  // namespace stubkeeper::review
