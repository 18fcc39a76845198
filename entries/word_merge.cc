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
  const Units base_units = word_units(base);
  const Units our_units = word_units(ours);
  const Units their_units = word_units(theirs);
  enum class Side { neither, us, them };
  Side last = Side::neither;  // who made the change before, where no word stands between
  std::string merged;
  for (const Stretch& stretch : diff3(base_units, our_units, their_units)) {
    const std::string was = text_of(base_units, stretch.base);
    if (stretch.stable) {
      merged += was;
      if (holds_word(was)) last = Side::neither;
      continue;
    }
    const std::string our_text = text_of(our_units, stretch.ours);
    const std::string their_text = text_of(their_units, stretch.theirs);
    if (our_text == their_text) {
      merged += our_text;
      continue;
    }
    if (our_text != was && their_text != was) return std::nullopt;
    const Side side = our_text != was ? Side::us : Side::them;
    if (last != Side::neither && last != side) return std::nullopt;
    last = side;
    merged += side == Side::us ? our_text : their_text;
  }
  return merged;
}

}  // namespace stubkeeper::entries
