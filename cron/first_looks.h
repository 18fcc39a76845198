#pragma once

#include "cron/plan.h"
#include "cron/report.h"
#include "cron/run_context.h"

namespace stubkeeper::cron {

// Routes stored passages that no entry got when they came, each as a first look (kb/review/first_looks.h): those of
// a source to an entry that it was added to, and those that name an entry that was made or renamed since. With
// options.all, all that the selected sources say to their entries is drafted again. Each pair of source and entry is
// one transaction, and one that cannot be read is named in the report. Error: the store cannot be used.
Status route_first_looks(const FetchContext& context, const RefreshOptions& options, RefreshReport& report);

}  // namespace stubkeeper::cron
