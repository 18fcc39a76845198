#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cron/plan.h"
#include "cron/report.h"
#include "cron/run_context.h"
#include "kb/entries/records.h"
#include "kb/review/proposals.h"
#include "review/related_entries.h"

namespace stubkeeper::cron {

// Drafts, verifies and stores a proposal for every selected entry with waiting passages, each entry in one
// transaction as soon as its draft is there. An entry that cannot be drafted is named in the report and
// waits for the next run; the fallback, where there is one, drafts what the model could not.
Status draft_entries(const DraftContext& context, const RefreshOptions& options, RefreshReport& report);

// Gives a drafter the tasks of entries, and makes a proposal of each draft, in any order.
class EntryDraftQueue {
 public:
  // `unlimited_sources`: all of their first looks is proposed.
  EntryDraftQueue(const DraftContext& context, std::vector<kb::Entry> entries, review::RelatedEntries related,
                  std::set<kb::Id> unlimited_sources, RefreshReport& report)
      : context_(context),
        entries_(std::move(entries)),
        related_(std::move(related)),
        unlimited_sources_(std::move(unlimited_sources)),
        report_(report) {}

  // The next entry's task; nothing where there is none, or the run is asked to stop.
  std::optional<llm::Task> next_task();
  // Proposes what was drafted; notes in the report what was not, and has the fallback draft it.
  void process_draft(llm::DraftedTask drafted);

  struct OpenTask {
    kb::Entry entry;
    std::vector<kb::Routing> waiting;
  };
  // The entry and passages of a task that was given out and not processed yet.
  const OpenTask& open(const std::string& entry_path) const { return open_.at(entry_path); }
  // Leaves passages that are drafted by other means out of an open task; where all are, its entry is done.
  void exclude(const std::string& entry_path, const std::vector<kb::Routing>& passages);

 private:
  Result<llm::Task> begin(const kb::Entry& entry);
  Result<llm::Task> build_task(const kb::Entry& entry, const std::vector<kb::Routing>& waiting) const;
  Status draft_with_fallback(const OpenTask& open, const llm::DraftedTask& missed);
  void record_missed(const llm::DraftedTask& missed);

  const DraftContext& context_;
  const std::vector<kb::Entry> entries_;
  const review::RelatedEntries related_;
  const std::set<kb::Id> unlimited_sources_;
  RefreshReport& report_;
  std::size_t next_ = 0;
  std::map<std::string, OpenTask> open_;  // by the entry's path
};

// Verifies a draft and stores it as a proposal, in one transaction, and entries that it proposes each in one
// of its own. `is_fallback`: in place of the model that the passages keep waiting for.
Status propose_draft(const DraftContext& context, const EntryDraftQueue::OpenTask& open,
                     const llm::Task& task, const llm::Draft& draft, const std::string& drafter,
                     bool is_fallback, RefreshReport& report);

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
