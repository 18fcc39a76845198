#pragma once

#include "crawler/fetcher.h"
#include "cron/refresh.h"
#include "entries/subject_index.h"
#include "kb/sources/records.h"

namespace stubkeeper::cron {

// Stores what came of looking at a source, in one transaction: a snapshot for each document whose text
// changed, its passages with "is it new?", which entries the new ones concern, the source's validators and
// next visit, what becomes of its address (source_life.h), and the fetch for the run's history. What cannot
// be read as what the source is, has no text, or is no content (an error page sent with 200, a wall, a
// challenge) counts as a failure of the source and leaves its snapshots alone; the last also raises a flag on
// the source, which is resolved when it reads well again. The counts and failures go into `report`. An error
// means that the store cannot be used.
Status process_response(const RunContext& context, const entries::SubjectIndex& subjects, const kb::Source& source,
                   const crawler::FetchResponse& response, RefreshReport& report);

}  // namespace stubkeeper::cron
