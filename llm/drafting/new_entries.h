#pragma once

#include <optional>

#include "llm/drafting/raw_change.h"

namespace stubkeeper::llm {

// An entry that the answer proposes to make: a stub with its title and, where it is one of the conventions',
// its type, and a change that puts the sentence, with its sources, into its summary. It stands beside the
// task's entry, under a name made of the title. Nothing where title or sentence is missing, the type is not
// known, no name can be made, or it is the task's entry or one of its related ones.
std::optional<DraftedEntry> make_new_entry(const Task& task, const RawChange& raw);

}  // namespace stubkeeper::llm
