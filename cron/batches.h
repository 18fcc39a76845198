#pragma once

#include "cron/draft_entries.h"

namespace stubkeeper::cron {

// Batches of a model's calls, over runs that may die between any two steps (schema/migrations/017).
// A failure of the endpoint is named in the report and left for the next run. Error: the store cannot be
// used.

// Collects every batch under way: answers are settled at half the price, verified and proposed; passages
// without one wait for a draft again. A batch whose submission is uncertain is looked for at the endpoint.
Status collect_batches(const DraftContext& context, RefreshReport& report);

// Submits the requests about entries as one batch, reserved and noted before it is sent. A request whose
// answer is stored is drafted at once.
Status submit_batch(const DraftContext& context, EntryDraftQueue& drafting, RefreshReport& report);

// Settles a batch that was certainly not submitted, at no price: its passages wait again.
Status discard_batch(const DraftContext& context, kb::Id batch_id, const std::string& why);

}  // namespace stubkeeper::cron
