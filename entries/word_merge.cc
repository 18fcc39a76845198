#include "entries/word_merge.h"

#include "entries/merging/diff3.h"
#include "entries/word_diff.h"

namespace stubkeeper::entries {
namespace {

std::string text_of(const Units& units, UnitRange range) {
  std::string text;
  for (std::size_t i = range.begin; i < range.end; ++i) text += units[i];
  return text;
}

}  // namespace

std::optional<std::string> merge_words(std::string_view base, std::string_view ours,
                                       std::string_view theirs) {
  const Units base_units = tokenize_words(base);
  const Units ours_units = tokenize_words(ours);
  const Units theirs_units = tokenize_words(theirs);
  enum class Side { neither, us, them };
  Side last = Side::neither;  // who made the change before, where no word stands between
  std::string merged;
  for (const Chunk& chunk : diff3(base_units, ours_units, theirs_units)) {
    const std::string was = text_of(base_units, chunk.base);
    if (chunk.stable) {
      merged += was;
      if (has_word(was)) last = Side::neither;
      continue;
    }
    const std::string ours_text = text_of(ours_units, chunk.ours);
    const std::string theirs_text = text_of(theirs_units, chunk.theirs);
    if (ours_text == theirs_text) {
      merged += ours_text;
      continue;
    }
    if (ours_text != was && theirs_text != was) return std::nullopt;
    const Side side = ours_text != was ? Side::us : Side::them;
    if (last != Side::neither && last != side) return std::nullopt;
    last = side;
    merged += side == Side::us ? ours_text : theirs_text;
  }
  return merged;
}

}  // namespace stubkeeper::entries
