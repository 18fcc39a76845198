#pragma once

#include "base/clock.h"
#include "base/item_failure.h"
#include "kb/entries/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The kind of change that upkeep proposes, and its drafter.
inline constexpr const char* upkeep_kind = "upkeep";

// Notes an entry as new, and makes a section page from schema/templates/section.md for each folder
// above it that has none; deleted ones are not made again. Called within the transaction of the
// approval that publishes a stub. `run_id`: the run that drafted the entry.
Status note_new_entry(Store& store, const Entry& entry, Id run_id, Timestamp now);

// Proposes changes of other pages for new entries, and gives their number:
//  - a line in the section's changelog, if it has one; five or more new entries of one topic area
//    whose lines
//    still wait share one line
//  - for a new topic area, an item in the first page's list of topic areas, if it has one
//  - for a company, a row in its section page's table of startups, if it has one, made of the
//    entry's quoted
//    claims and citing them
// Each is proposed once for an entry, whether approved or not; never for imported entries. A page
// that cannot take one is among the failures, and tried again by the next run. One transaction.
Result<int> propose_upkeep(Store& store, Timestamp now, std::vector<ItemFailure>& failures);

}  // namespace stubkeeper::kb
