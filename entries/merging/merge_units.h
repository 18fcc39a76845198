#pragma once

#include <string>
#include <string_view>
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

// Whether two texts have the same lines, however these end.
bool equal_lines(std::string_view a, std::string_view b);

// Merges three sequences of lines into bytes. `place` names a conflict for people.
std::string merge_lines(const Units& base, const Units& ours, const Units& theirs, const std::string& place,
                        const ConflictResolver& resolver);

// Merges three sequences of blocks, each with the blank lines after it, into bytes. Two blocks that no side
// had one after the other get an empty line between them, unless they are items of a list or rows of a table;
// where Markdown would still read the one as a part of the other, that is a conflict.
std::string merge_blocks(const Units& base, const Units& ours, const Units& theirs,
                         const ConflictResolver& resolver);

}  // namespace stubkeeper::entries
