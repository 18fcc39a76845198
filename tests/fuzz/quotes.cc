#include "llm/normalized_text.h"

#include "llm/extractive/sentences.h"
#include "llm/verification/dates.h"
#include "llm/verification/figures.h"
#include "llm/verification/names.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text = as_text(bytes, size);
  const llm::NormalizedText normalized{text};
  // Every sentence that is offered for quoting stands in its passage.
  for (const std::string_view sentence : llm::sentences_of(text)) {
    promise(sentence.data() >= text.data() && sentence.data() + sentence.size() <= text.data() + text.size());
    llm::figures_in(sentence);
    llm::dates_in(sentence);
    llm::years_in(sentence);
    llm::names_in(sentence);
  }
  return 0;
}
