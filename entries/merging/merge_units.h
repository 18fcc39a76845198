#pragma once

#include <string>
#include <vector>

#include "entries/merge.h"
#include "entries/merging/diff3.h"

namespace stubkeeper::entries {

// Decides a place that both sides changed: the preferred text is taken, or a conflict appended.
struct ConflictResolver {
  MergePreference preference;
  std::vector<MergeConflict>& conflicts;

  // The merged text of the place.
  std::string resolve(MergeConflict conflict) const;
};

// Merges three sequences of units into bytes. `place` names a conflict for people.
std::string merge_units(const Units& base, const Units& ours, const Units& theirs, const std::string& place,
                        const ConflictResolver& resolver);

}  // namespace stubkeeper::entries
