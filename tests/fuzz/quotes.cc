#include "llm/normalized_text.h"

#include "base/text/dates.h"
#include "llm/extractive/sentences.h"
#include "llm/verification/figures.h"
#include "llm/verification/names.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text = as_text(bytes, size);
  const llm::NormalizedText normalized{text};
  // Every sentence that is offered for quoting stands in its passage.
  for (const std::string_view sentence : llm::split_passage_sentences(text)) {
    check_invariant(sentence.data() >= text.data() &&
                    sentence.data() + sentence.size() <= text.data() + text.size());
    llm::find_figures(sentence);
    find_calendar_dates(sentence);
    find_years(sentence);
    llm::extract_names(sentence);
  }
  return 0;
}
