#pragma once

#include <string>

#include "kb/entries/known_blocks.h"
#include "kb/entries/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The current text of an entry without an approved change.
struct RevertedText {
  std::string bytes;
  KnownBlocks known;  // the blocks of the text, which stay what they are
};

// Blocks that the change added are removed, blocks that it took out come back, and blocks that it
// changed get their old words, also where other words of theirs were changed since. The page's
// dates are those that the other decisions ask for (kb/review/decided_dates.h); fields that the
// change set get their old value. The Sources part and source_urls stay: sources are never dropped.
// conflict where the same words were changed since. The change has a revision of its own.
Result<RevertedText> revert_change(Store& store, const Change& change);

}  // namespace stubkeeper::kb
