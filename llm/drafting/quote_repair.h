#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "llm/drafter.h"
#include "llm/model.h"
#include "llm/verifier.h"

namespace stubkeeper::llm {

// Changes whose quotes were not found, though nearly their words are in the passages.
struct RepairableChanges {
  std::vector<std::string> proposed;      // each change as the model wrote it, JSON
  std::vector<UnmatchedQuote> unmatched;  // `change` is the index in `proposed`
  Draft read;                             // what they are so far
};

// An answer in two parts: what is taken as it is, and what to ask for again, where that pays. It
// pays for a quote of which at least seven tenths of the words are in a passage, in their order: a
// slip in copying. Words that are nowhere were invented, and asking again would only invite others.
struct TriagedAnswer {
  Draft accepted;
  std::optional<RepairableChanges> repairable;
};
TriagedAnswer triage_answer(const Task& task, std::string_view answer);

// Asks for these changes alone, with their passages and without the entry: a small request.
ModelRequest make_repair_request(const Task& task, const RepairableChanges& repairable,
                                 std::int64_t max_output_tokens);

// The changes of the answer to it, no more than were asked about, marked as corrected. One that did
// not come back stays as it was, for the verifier to drop and count.
Draft parse_repaired_changes(const Task& task, const RepairableChanges& repairable, std::string_view answer);

}  // namespace stubkeeper::llm
