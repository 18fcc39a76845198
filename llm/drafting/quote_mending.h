#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "llm/drafting/drafted_changes.h"
#include "llm/model.h"
#include "llm/verifier.h"

namespace stubkeeper::llm {

// Changes of an answer whose quotes were not found, though nearly their words stand in the passages: they can
// be asked for once more, with the words that stand there.
struct Mendable {
  std::vector<std::string> said;      // each change as the model wrote it, JSON
  std::vector<UnfoundQuote> unfound;  // `change` is the place in `said`
  ReadChanges read;                   // what they are so far
};

// An answer parted: what is taken as it is, and what to ask for again, where that pays. It pays for a quote
// of which at least seven tenths of the words stand in a passage, in their order: a slip in copying. Words
// that stand nowhere were invented, and asking again would only invite others.
struct PartedAnswer {
  ReadChanges taken;
  std::optional<Mendable> mendable;
};
PartedAnswer part_answer(const Task& task, std::string_view answer);

// Asks for the changes alone, with their passages and without the entry: a small request.
ModelRequest mending_request(const Task& task, const Mendable& mendable, std::int64_t most_output_tokens);

// The changes of the answer to it, no more than were asked about, marked as corrected. One that did not come
// back stays as it was, for the verifier to drop and count.
ReadChanges mended(const Task& task, const Mendable& mendable, std::string_view answer);

}  // namespace stubkeeper::llm
