#pragma once

#include <string>

#include "kb/entries/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The current text of an entry without an approved change: blocks that it added are removed, blocks
// that it changed get their old text. conflict where one was edited since. Front matter and the
// Sources part stay: dates do not run backwards, and sources are never dropped.
Result<std::string> revert_change(Store& store, const Change& change);

}  // namespace stubkeeper::kb
