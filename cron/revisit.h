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

// How often a source changes, by the stored model and the fetches since.
Result<crawler::ChangeModel> load_change_model(kb::Store& store, const kb::Source& source);

// Stores what a good response teaches: the number of new or changed documents and links, and their dates
// (none of a 304 or unchanged file; `last_modified` is the header as it came, or empty). To be called in the
// transaction that stores the response, before the fetch is recorded. A response without news may be left
// out: load_change_model() reads it in its fetch.
Status learn_from_response(kb::Store& store, const kb::Source& source, Timestamp now, int changed_documents,
                           const ParsedDocuments& found, const std::string& last_modified);

// The weight of a source: 1 for each entry that cites it, 2 where that is a stub or past its review date.
// A source without entries is read for all that it names, and has the weight 1.
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

// The next visit after a good response now, before apply_revisit_hints(). Without a budget the kind's
// interval; with one, when the visit is worth the price of a fetch in the last run, no earlier than
// min_minutes and no later than max_days. A source of an entry past its review date is visited within nine
// tenths of recheck_window_days, so that all sources of such an entry can have answered lately.
struct PlannedVisit {
  Timestamp at;
  std::optional<crawler::VisitReason> reason;  // none without a budget
};
Result<PlannedVisit> plan_next_visit(kb::Store& store, const kb::Source& source, Timestamp now,
                                     const config::Configuration::Revisit& revisit);

// The budget of one run.
struct FetchBudget {
  crawler::FetchPrice price;
  std::size_t deferred = 0;  // sources that are due and not visited
};

// Cuts the planned sources to the rest of the budget of 24 hours, and finds the price of a fetch.
// New sources come first, then the most urgent; nothing is cut where the options bypass the budget. Links are
// paid from the same budget: while some wait, as many fetches are kept for them as a run makes, up to half of
// it. Out: nothing without a budget.
Result<std::optional<FetchBudget>> select_within_budget(kb::Store& store, const RefreshOptions& options,
                                                        std::vector<kb::Source>& planned, Timestamp now,
                                                        const config::Configuration& configuration);

// The fetches of links that the budget of 24 hours still allows; nothing without one, or where the options
// bypass it.
Result<std::optional<std::int64_t>> remaining_linked_fetches(kb::Store& store, const RefreshOptions& options,
                                                             Timestamp now,
                                                             const config::Configuration::Revisit& revisit);

// Stores the price for plan_next_visit().
Status save_price(kb::Store& store, const crawler::FetchPrice& price, Timestamp now);

}  // namespace stubkeeper::cron
