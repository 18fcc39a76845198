#include "review/quote_context.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/utf8.h"
#include "entries/word_diff.h"
#include "llm/extractive/sentences.h"
#include "llm/verification/quote_context.h"

namespace stubkeeper::review {
namespace {

constexpr std::size_t longest_line = 240;  // characters of a line beside the quote
constexpr std::size_t longest_part = 400;  // bytes of the quote's own sentence on each side

std::string on_one_line(std::string_view text) {
  std::string line{text};
  std::replace_if(line.begin(), line.end(), is_ascii_space, ' ');
  return line;
}

// A line of a snapshot's text without the mark of what it is (crawler/extract: headings, items, quotations).
std::string_view without_mark(std::string_view line) {
  const std::size_t level = std::min(line.find_first_not_of('#'), line.size());
  if (level > 0 && level < line.size() && line[level] == ' ') return line.substr(level + 1);
  if (line.starts_with("- ") || line.starts_with("> ")) return line.substr(2);
  return line;
}

std::string_view last_sentence(std::string_view line) {
  const auto sentences = llm::sentences_of(line);
  return sentences.empty() ? line : sentences.back();
}

std::string_view first_sentence(std::string_view line) {
  const auto sentences = llm::sentences_of(line);
  return sentences.empty() ? line : sentences.front();
}

// The nearest line with text before a place, or behind it.
std::string_view line_before(std::string_view text, std::size_t place) {
  std::string_view rest = trim_ascii(text.substr(0, place));
  const std::size_t begin = rest.rfind('\n');
  return without_mark(begin == std::string_view::npos ? rest : rest.substr(begin + 1));
}

std::string_view line_behind(std::string_view text, std::size_t place) {
  std::string_view rest = trim_ascii(text.substr(place));
  return without_mark(rest.substr(0, rest.find('\n')));
}

// Ends of a long sentence that are nearest to the quote, cut at a character.
std::string near_end(std::string_view part) {
  if (part.size() <= longest_part) return on_one_line(part);
  std::size_t begin = part.size() - longest_part;
  while (begin < part.size() && part[begin] != ' ') ++begin;
  return "…" + on_one_line(part.substr(begin));
}

std::string near_beginning(std::string_view part) {
  if (part.size() <= longest_part) return on_one_line(part);
  const std::size_t space = part.rfind(' ', longest_part);
  return on_one_line(part.substr(0, space == std::string_view::npos ? 0 : space)) + " …";
}

}  // namespace

QuoteContext context_of(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t block_begin = begin == 0 ? std::string_view::npos : text.rfind('\n', begin - 1);
  block_begin = block_begin == std::string_view::npos ? 0 : block_begin + 1;
  const std::size_t block_end = std::min(text.find('\n', end), text.size());
  const std::string_view block = text.substr(block_begin, block_end - block_begin);
  const auto around = llm::surroundings_of(block, begin - block_begin, end - block_begin);

  QuoteContext context;
  context.quote = on_one_line(text.substr(begin, end - begin));
  const bool begins_block = around.before.size() == begin - block_begin;
  context.sentence_before = near_end(begins_block ? without_mark(around.before) : around.before);
  context.sentence_after = near_beginning(around.after);
  const std::string_view earlier =
      trim_ascii(text.substr(block_begin, begin - around.before.size() - block_begin));
  const std::string_view before =
      !entries::holds_word(earlier) ? last_sentence(line_before(text, block_begin)) : last_sentence(earlier);
  const std::string_view after = trim_ascii(around.next).empty()
                                     ? first_sentence(line_behind(text, block_end))
                                     : trim_ascii(around.next);
  context.line_before = cut_at_word(to_valid_utf8(on_one_line(before)), longest_line);
  context.line_after = cut_at_word(to_valid_utf8(on_one_line(after)), longest_line);
  return context;
}

}  // namespace stubkeeper::review
