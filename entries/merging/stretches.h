#pragma once

#include <string>
#include <vector>

#include "entries/merge.h"
#include "entries/merging/diff3.h"

namespace stubkeeper::entries {

// Merges three sequences of units into bytes. `place` names a conflict for people. Conflicts are appended.
std::string merge_units(const Units& base, const Units& ours, const Units& theirs, const std::string& place,
                        std::vector<MergeConflict>& conflicts);

}  // namespace stubkeeper::entries
