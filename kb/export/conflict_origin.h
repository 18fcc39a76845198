#pragma once

#include <optional>
#include <vector>

#include "kb/entries/records.h"
#include "kb/export/conflicts.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The revisions that gave the store its words at a conflict's places (texts.places, in their
// order). Nothing for a place where that cannot be found, as for a file that no export wrote. Reads
// the entry's revisions since the export that the conflict goes back to.
Result<std::vector<std::optional<Revision>>> find_conflicting_revisions(Store& store,
                                                                        const Conflict& conflict,
                                                                        const ConflictTexts& texts);

}  // namespace stubkeeper::kb
