#pragma once

#include "kb/store/store.h"

namespace stubkeeper::cron {

// Gives each snapshot that was stored before there were story signatures its own, so that new ones are
// compared with them too. Nothing to do for a store that is up to date.
Status backfill_story_signatures(kb::Store& store);

}  // namespace stubkeeper::cron
