// How long the parts of a page may be: sentences of a summary, paragraphs of an explanation.

#include <algorithm>
#include <string>

#include "base/text/ascii.h"
#include "base/text/sentences.h"
#include "entries/checks/checker.h"

namespace stubkeeper::entries {
namespace {

std::size_t count_sentences(std::string_view text) {
  const auto sentences = split_sentences(text);
  return static_cast<std::size_t>(std::count_if(
      sentences.begin(), sentences.end(),
      [](std::string_view each) { return std::any_of(each.begin(), each.end(), is_letter_byte); }));
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
