#pragma once

#include "kb/review/proposals.h"
#include "llm/verifier.h"

namespace stubkeeper::cron {

// A verified change as the store keeps it, shown on the document that it is an edit of. The edit's error
// where it no longer applies.
Result<kb::Proposals::NewChange> to_new_change(const entries::IdentifiedDocument& document,
                                               const llm::VerifiedChange& verified);

}  // namespace stubkeeper::cron
