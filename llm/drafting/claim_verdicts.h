#pragma once

#include <vector>

#include "llm/drafting/raw_change.h"

namespace stubkeeper::llm {

// A verdict on a claim, in the form of the Claim Verification part. A claim that the entry has not yet
// becomes a heading of level 3 with status, sources on both sides with their words, and summary: one change.
// For one that it has (the block is its heading, or stands below it), the status is changed where it is
// another one, and each quote is put behind the sources of its side: a change each, so that one can be taken
// without the other. The status is one of the house style's. None where the answer names no claim, no known
// status, or a block that belongs to no claim.
std::vector<DraftedChange> make_verdict_changes(const Task& task, const RawChange& raw);

}  // namespace stubkeeper::llm
