#pragma once

#include "base/clock.h"
#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The kind of change, and the drafter, of what upkeep proposes.
inline constexpr const char* upkeep_kind = "upkeep";

// To be called when an approval publishes what was a stub, within its transaction: notes the entry as new,
// and makes a section page from its template (schema/templates/section.md) for each folder on the way to it
// that has none. Pages that a person deleted are not made again. `run_id` is the run that drafted the entry.
Status note_new_entry(Store& store, const Entry& entry, Id run_id, Timestamp now);

// Proposes what a new entry asks of other pages, as changes that wait for review:
//  - a line in the section's changelog, where it has one; five or more new entries of one topic area that
//    still wait for theirs share one line
//  - for a new topic area, its item in the list of topic areas, where the first page has such a list
//  - for a company, a row in its section page's table of startups, where it has one; what stands in the row
//  is
//    taken from the entry's own quoted claims, and cites them
// Each is proposed once for each entry, whatever became of it. Imported entries ask for nothing. Gives the
// number of changes proposed. One transaction.
Result<int> propose_upkeep(Store& store, Timestamp now);

}  // namespace stubkeeper::kb
