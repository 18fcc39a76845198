#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/item_failure.h"
#include "kb/review/review_queue.h"
#include "kb/runs/future_times.h"
#include "kb/store/id.h"

namespace stubkeeper::cron {

// A source or entry that could not be done, with the reason.
struct Failure {
  std::string what;  // an address or an entry's path
  std::string reason;
  bool is_known = false;  // an earlier run told of it
};

// A source's address, before and after it moved for good.
struct AddressMove {
  std::string old_address;
  std::string new_address;
};

struct ProposalSummary {
  std::string entry_path;
  int changes = 0;
  int flagged = 0;
  int first_look = 0;  // changes that come of a first look at a source, and are no news
};

// The part of a model in a run.
struct ModelReport {
  bool configured = false;
  int calls = 0;
  int failed_calls = 0;  // that brought no answer
  std::int64_t micro_usd = 0;
  int calls_without_price = 0;  // they count nothing in micro_usd
  std::int64_t saved_by_cache_micro_usd = 0;
  int reused_answers = 0;  // requests whose answer was kept, and what that had cost
  std::int64_t reused_answer_tokens = 0;
  std::int64_t reused_answer_micro_usd = 0;
  int refusals = 0;
  int failed_before = 0;      // entries that an earlier run failed at: not tried again while nothing changes
  int lost_calls = 0;         // of runs that died, booked at their bound in this one
  int deferred_entries = 0;   // entries whose passages wait for the model in a later run
  int fallback_drafts = 0;    // of them, those that the fallback drafted in this run
  int batch_requests = 0;     // submitted in this run, to be collected in a later one
  int batch_answers = 0;      // collected in this run
  int batch_failures = 0;     // requests of batches that brought nothing to draft from
  int batches_open = 0;       // that a later run looks at
  std::string out_of_budget;  // why no more was asked: the cap that was reached
  std::string given_up;       // the failure that the endpoint was given up for
  std::optional<std::int64_t> remaining_today_micro_usd;
  std::optional<std::int64_t> remaining_this_month_micro_usd;
};

// The report of a run, stored with it and printed by `refresh`; with --json one document (docs/json.md).
struct RefreshReport {
  kb::Id run_id = 0;
  bool dry_run = false;
  Timestamp started_at;
  Timestamp ended_at;
  std::string drafter;
  // An earlier run had a clock that was ahead; what it put off is due now.
  std::optional<kb::FutureTimes> future_times;
  int planned = 0;                     // sources that were due
  int deferred = 0;                    // due beyond the budget of fetches, not among the planned
  int not_modified = 0;                // 304, or a local file unchanged
  int unchanged = 0;                   // with the text that is stored
  int changed = 0;                     // with new text
  int postponed = 0;                   // not asked, because the host wants a pause
  std::vector<std::string> gone;       // addresses that are called gone from now on
  std::vector<std::string> recovered;  // that were gone and answer again
  std::vector<std::string> healed;     // that failed in the run before and answer well again
  std::vector<AddressMove> moved;
  int snapshots = 0;
  int new_passages = 0;
  int routed = 0;    // pairs of a new passage and an entry that it concerns
  int homeless = 0;  // new passages that concern no entry
  // Links: read, failed (to be tried again, or given up), refused because their source must not list them, and
  // still to be fetched in later runs.
  int linked_fetched = 0;
  int linked_failed = 0;
  int linked_refused = 0;
  std::int64_t linked_waiting = 0;
  std::vector<Failure> failures;
  std::vector<ProposalSummary> proposals;
  int kept_changes = 0;  // found beyond those that are proposed at a time
  int dropped_without_quote = 0;
  int dropped_unsafe = 0;
  int dropped_unusable = 0;     // changes that are no edits of the entry
  int previously_rejected = 0;  // drafted again, and not proposed
  int rechecked = 0;
  int approved_by_policy = 0;
  int upkeep = 0;             // changes proposed for pages that mention new entries
  kb::WaitingCounts waiting;  // for review, at the end of the run
  std::int64_t tokens = 0;
  ModelReport model;
  bool interrupted = false;
  // What and reason of the failures that the last runs told of.
  std::set<std::pair<std::string, std::string>> told_failures;
  std::vector<std::string> plan;  // a dry run's: the addresses that would be fetched

  // Adds the failure of one source or entry. Error: one that ends the run (base/item_failure.h).
  Status note_failure(const std::string& what, const Status& outcome);
  void note_failures(const std::vector<ItemFailure>& items);
  // Adds a failure, known where one of the last runs told the same.
  void add_failure(const std::string& what, const std::string& reason);

  int changes() const;
  int flagged() const;
  int first_look() const;
  int known_failures() const;
  bool has_failures() const { return !failures.empty() || interrupted; }
  // Whether something is newly wrong: exit code 3.
  bool is_partial() const { return known_failures() < static_cast<int>(failures.size()) || interrupted; }
};

std::string report_json(const RefreshReport& report);
// Reads such a document back, with what report_text(), report_paragraph() and report_markdown() say. Error: corrupt.
Result<RefreshReport> parse_report(const std::string& json);

// A clause that tells of a clock that was ahead.
std::string describe_future_times(const kb::FutureTimes& ahead);

// A few aligned lines for a terminal or cron's mail.
std::string report_text(const RefreshReport& report);

// The report as one paragraph for cron's mail: news, what waits, failures, cost, and how to review it in the
// knowledge base at `folder`. Lines of at most 78 characters, but for a longer address; ends with a line end.
std::string report_paragraph(const RefreshReport& report, const std::string& folder);

// The report as a Markdown document, with all that is new, then what waits and what is known.
std::string report_markdown(const RefreshReport& report);

// Whether a run brought something that a person should hear of: something new to review, an approval by
// policy, what failed, healed, moved or went for good since the last run, or cost.
bool has_news(const RefreshReport& report);

}  // namespace stubkeeper::cron
