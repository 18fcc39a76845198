#include "llm/flags.h"

#include <array>

namespace stubkeeper::llm {

std::span<const FlagKind> flag_kinds() {
  static constexpr std::array kinds = std::to_array<FlagKind>({
      {"currency-not-in-quote",
       "An amount stands in the quotes with another currency, or with none. Check the currency."},
      {"date-not-in-quote",
       "A date in the new text stands neither in the quotes nor as the date of their source. Check when it "
       "was."},
      {"hype", "The new text praises rather than tells. Say it in neutral words, or leave it out."},
      {"instruction-in-passage",
       "The source holds text that reads like an instruction to a machine. Read the page before you trust "
       "any of it."},
      {"modality-differs",
       "The quotes say that something is planned, possible or expected, and the new text does not, or the "
       "other way round."},
      {"name-not-in-quote",
       "A name in the new text stands in none of the quotes. Check who or what is meant."},
      {"negation-differs",
       "Only one of the new text and its quotes says \"not\". Check that the meaning was not turned round."},
      {"number-not-in-quote", "A number in the new text stands in none of the quotes. Check the figure."},
      {"old-source", "The source was published more than two years ago. Check that it still holds."},
      {"superlative-differs", "The new text says \"first\", \"largest\" or the like, and the quotes do not."},
      {"undated-source", "Nothing says when the source was published. Check how old it is."},
      {"unit-not-in-quote", "A number stands in the quotes with another unit. Check the unit."},
  });
  return kinds;
}

}  // namespace stubkeeper::llm
