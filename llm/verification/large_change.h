#pragma once

#include <vector>

#include "llm/verifier.h"

namespace stubkeeper::llm {

// Flags changes that touch more of the entry's words than the house style allows
// (drafting.large_change_percent, and more than large_change_words): each by itself, and all that replace or
// remove text where they do so together. What is added to a stub is not large.
void flag_large_changes(const Task& task, std::vector<VerifiedChange>& changes);

}  // namespace stubkeeper::llm
