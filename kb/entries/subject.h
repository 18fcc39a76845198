#pragma once

#include "entries/block_ids.h"
#include "entries/publisher.h"
#include "kb/entries/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The subject of an entry, by its current text (`document`). Addresses that came with approved
// changes, and were not in its first revision, do not count as the subject's own: else each
// approval from a site would make the next one from there easier.
Result<entries::Subject> subject_of(Store& store, const Entry& entry, const entries::Document& document);

}  // namespace stubkeeper::kb
