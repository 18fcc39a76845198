// How long the parts of a page may be: sentences of a summary, paragraphs of an explanation.

#include <algorithm>
#include <string>

#include "base/text/ascii.h"
#include "entries/checks/checker.h"

namespace stubkeeper::entries {
namespace {

// Words that end in a full stop within a sentence.
bool is_abbreviation(std::string_view word) {
  constexpr std::string_view known[]{"inc", "corp", "ltd", "co",  "llc", "dr",  "mr", "ms",  "mrs",    "prof",
                                     "vs",  "no",   "e.g", "i.e", "etc", "st",  "jr", "sr",  "approx", "est",
                                     "al",  "fig",  "gen", "gov", "sen", "rep", "ca", "dept"};
  if (word.size() <= 1) return true;                          // an initial
  if (word.find('.') != std::string_view::npos) return true;  // "U.S"
  const std::string lower = ascii_lower(word);
  return std::find(std::begin(known), std::end(known), lower) != std::end(known);
}

bool starts_sentence(std::string_view rest) {
  const std::size_t next = rest.find_first_not_of(" \t\r\n\"'(*_[");
  if (next == 0) return false;  // no white space behind the mark: "1.5", "example.org"
  if (next == std::string_view::npos) return false;
  const char c = rest[next];
  return (c >= 'A' && c <= 'Z') || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

std::size_t count_sentences(std::string_view text) {
  std::size_t count = 0;
  bool any = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    any = any || is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80;
    if (c != '.' && c != '!' && c != '?') continue;
    if (!starts_sentence(text.substr(i + 1))) continue;
    if (c == '.') {
      const std::size_t before = text.find_last_of(" \t\r\n(", i);
      const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
      if (is_abbreviation(text.substr(begin, i - begin))) continue;
    }
    ++count;
    any = false;
  }
  return count + (any ? 1 : 0);
}

std::string format_range(const PartLength& length, const char* things) {
  if (length.min <= 1) return "at most " + std::to_string(length.max) + " " + things;
  return std::to_string(length.min) + " to " + std::to_string(length.max) + " " + things;
}

void check_part_length(Checker& checker) {
  for (const std::string& name : checker.type.parts) {
    const EntryPart& part = *checker.types.part(name);
    const auto place = checker.part(name);
    if (!place || (part.sentences.max == 0 && part.paragraphs.max == 0)) continue;
    std::size_t sentences = 0;
    std::size_t paragraphs = 0;
    for (std::size_t i = place->first; i < place->end; ++i) {
      const Block& block = checker.document.blocks()[i];
      if (block.kind != BlockKind::paragraph) continue;
      ++paragraphs;
      sentences += count_sentences(checker.prose(block));
    }
    if (paragraphs == 0) continue;  // part-empty, or written in another form
    const Block& heading = checker.document.blocks()[place->heading];
    const auto compare = [&](std::size_t count, const PartLength& length, const char* things) {
      if (length.max == 0 || (count >= length.min && count <= length.max)) return;
      checker.report("part-length", heading.first_line,
                     "\"" + heading.part + "\" has " + std::to_string(count) + " " + things +
                         "; the section asks for " + format_range(length, things));
    };
    compare(sentences, part.sentences, "sentences");
    compare(paragraphs, part.paragraphs, "paragraphs");
  }
}

}  // namespace

std::span<const Check> part_length_checks() {
  static constexpr Check checks[] = {{check_part_length, entry_pages}};
  return checks;
}

}  // namespace stubkeeper::entries
