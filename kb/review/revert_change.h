#pragma once

#include <string>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The current text of an entry without what an approved change brought: blocks that it added are taken out,
// blocks that it changed get their text from before, each only where it still stands as the change left it
// (else conflict). Front matter and the Sources part stay: dates do not run backwards, and sources are added
// and not dropped.
Result<std::string> revert_change(Store& store, const Change& change);

}  // namespace stubkeeper::kb
