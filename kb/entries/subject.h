#pragma once

#include "entries/identified_document.h"
#include "entries/publisher.h"
#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// What an entry is about, by its current text (`document`). Addresses that came into it with approved changes
// say nothing of whose they are, unless it had them from the start: else each approval from a site would make
// the next one from there easier.
Result<entries::Subject> subject_of(Store& store, const Entry& entry, const entries::Document& document);

}  // namespace stubkeeper::kb
