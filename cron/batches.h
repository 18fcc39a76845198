#pragma once

#include "cron/draft_entries.h"

namespace stubkeeper::cron {

// Batches of a model's calls, over runs that may die between any two steps (schema/migrations/017). What an
// endpoint fails at here is named in the report and left for the next run; an error is given back only where
// the store cannot be used.

// Looks at every batch that is under way: what was answered is settled at half the price, verified and
// proposed; what was not waits for a draft again. A batch of which it is not known whether it was submitted
// is looked for at the endpoint first.
Status collect_batches(const DraftContext& context, RefreshReport& report);

// Submits what is to be asked about the entries as one batch: reserved and noted before it is sent. What was
// kept is drafted at once.
Status submit_batch(const DraftContext& context, EntryDraftQueue& drafting, RefreshReport& report);

// Settles all that is open of a batch that was certainly not submitted at nothing: its passages wait again.
Status discard_batch(const DraftContext& context, kb::Id batch_id, const std::string& why);

}  // namespace stubkeeper::cron
