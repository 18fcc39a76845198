#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/configuration.h"
#include "crawler/revisit/change_model.h"
#include "crawler/revisit/next_visit.h"
#include "cron/kinds/source_kind.h"
#include "cron/plan.h"
#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::cron {

// What answers have taught about a source: what was kept, and what its fetches since then say.
Result<crawler::ChangeModel> load_change_model(kb::Store& store, const kb::Source& source);

// Keeps what a good answer teaches: how many of its documents and links were new or changed, and what they
// say of dates (a 304 or unchanged file has none; `last_modified` is the header as it came, or empty). To be
// called in the transaction that stores the answer, before the fetch is recorded. An answer that brought
// nothing may be left out: its fetch says as much, and load_change_model() reads it there.
Status learn_from_response(kb::Store& store, const kb::Source& source, Timestamp now, int changed_documents,
                         const ParsedDocuments& found, const std::string& last_modified);

// What depends on a source: each entry that leans on it counts 1, and 2 where it waits for news: a stub, or
// past its review date. A source that no entry leans on is read for all that it names, and has the weight 1.
struct SourceWeight {
  struct EntryWeight {
    std::string path;
    double weight = 1;
    bool stub = false;
    std::int64_t days_overdue = 0;
  };
  double weight = 1;
  std::vector<EntryWeight> entries;
  bool has_overdue_entry = false;  // one of the entries is past its review date
};
Result<SourceWeight> source_weight(kb::Store& store, const kb::Source& source, Timestamp now);

// When to look again after a good answer now, before what the server asked for. Without a budget the kind's
// interval (plan.h); with one, when the visit is worth the price of a fetch in the last run, no earlier than
// min_minutes and no later than max_days. A source that an entry past its review date leans on is
// looked at within nine tenths of recheck_window_days, so that all sources of such an entry can have answered
// lately.
struct PlannedVisit {
  Timestamp at;
  std::optional<crawler::VisitReason> reason;  // nothing without a budget
};
Result<PlannedVisit> plan_next_visit(kb::Store& store, const kb::Source& source, Timestamp now,
                                     const config::Configuration::Revisit& revisit);

// The budget of one run.
struct FetchBudget {
  crawler::FetchPrice price;
  std::size_t deferred = 0;  // sources that were due and are not looked at
};

// Leaves of the planned sources those that the budget of 24 hours still allows, the most urgent first, and
// finds the price of a fetch. Those that were never looked at come first; all are left where the options name
// sources or force them. Nothing without a budget.
// Pages that sources lead to are paid from the same budget: while some wait, as many fetches are kept for
// them as a run makes, up to half of the budget.
Result<std::optional<FetchBudget>> select_within_budget(kb::Store& store, const RefreshOptions& options,
                                                    std::vector<kb::Source>& planned, Timestamp now,
                                                    const config::Configuration& configuration);

// How many pages that sources lead to the budget of 24 hours still allows; nothing without one, and where the
// options name sources or force them.
Result<std::optional<std::int64_t>> remaining_linked_fetches(kb::Store& store, const RefreshOptions& options,
                                                        Timestamp now, const config::Configuration::Revisit& revisit);
// Keeps the price for the answers of the run, and for whoever asks why.
Status save_price(kb::Store& store, const crawler::FetchPrice& price, Timestamp now);

}  // namespace stubkeeper::cron
