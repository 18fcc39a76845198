#pragma once

#include <optional>
#include <vector>

#include "kb/export/conflicts.h"
#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// For each of a conflict's places (texts.places, in that order): the revision that gave the store's side the
// words that it has there, the last one since the export that the conflict goes back to. Nothing where that
// cannot be told, as for a file that no export made. The entry's revisions since that export are read back
// to the one that is sought.
Result<std::vector<std::optional<Revision>>> find_conflicting_revisions(Store& store, const Conflict& conflict,
                                                                    const ConflictTexts& texts);

}  // namespace stubkeeper::kb
