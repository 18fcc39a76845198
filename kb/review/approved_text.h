#pragma once

#include <string>

#include "entries/block_ids.h"
#include "kb/entries/known_blocks.h"
#include "kb/entries/records.h"
#include "kb/review/reviewer_edit.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// An entry's text before and after the approval of a change.
struct ApprovedText {
  std::string moved_to;  // the part that a reviewer's version went to, by the page's heading; ""
  entries::IdentifiedDocument before;  // borrows the store's conventions
  entries::Document after;
  KnownBlocks known;  // of `after`: a block whose words the change replaces stays the block that it was
};

// The text of an entry with a change, or with a reviewer's version of it (null: as proposed), its
// quoted web sources in source_urls and under Sources, and `today` ("2026-05-07") as the dates that
// the house style has an approval set: the text that approving stores. A change that leaves a block as it is moves no date, as
// nobody reviewed the entry by it. Changes nothing. conflict, and only then: the change does
// not fit the text any more. Else the errors of resolve_reviewer_edit().
Result<ApprovedText> approved_text(Store& store, const Change& change, const Entry& entry,
                                   const ReviewerEdit* reviewer_edit, const std::string& today);

}  // namespace stubkeeper::kb
