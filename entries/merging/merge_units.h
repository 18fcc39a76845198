#pragma once

#include <string>
#include <vector>

#include "entries/merge.h"
#include "entries/merging/diff3.h"

namespace stubkeeper::entries {

// What becomes of a place that both sides changed: the preferred side's text is taken, or it is appended
// here.
struct ConflictResolver {
  MergePreference preference;
  std::vector<MergeConflict>& conflicts;

  // The text that stands at such a place.
  std::string resolve(MergeConflict conflict) const;
};

// Merges three sequences of units into bytes. `place` names a conflict for people.
std::string merge_units(const Units& base, const Units& ours, const Units& theirs, const std::string& place,
                        const ConflictResolver& resolver);

}  // namespace stubkeeper::entries
