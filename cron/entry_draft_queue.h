#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cron/refresh.h"
#include "kb/entries/records.h"
#include "kb/review/proposals.h"
#include "llm/drafter.h"
#include "review/related_entries.h"

namespace stubkeeper::cron {

// Gives a drafter the tasks of these entries, and makes a proposal of each draft as soon as it is there, each
// entry in one transaction. Drafts come back in any order. What the drafter could not do is noted in the
// report, and drafted by the fallback where there is one.
class EntryDraftQueue {
 public:
  EntryDraftQueue(const RunContext& context, std::vector<kb::Entry> entries, review::RelatedEntries related,
                RefreshReport& report)
      : context_(context), entries_(std::move(entries)), related_(std::move(related)), report_(report) {}

  // The next entry's task; nothing where there is none, or the run is asked to stop.
  std::optional<llm::Task> next_task();
  void process_draft(llm::DraftedTask drafted);

  struct OpenTask {
    kb::Entry entry;
    std::vector<kb::Routing> waiting;
  };
  // Of a task that was given out and not taken back: its entry and passages.
  const OpenTask& open(const std::string& entry_path) const { return open_.at(entry_path); }
  // What of an entry is drafted by other means is left out of what take() stores for it; all of it: the entry
  // is done here.
  void exclude(const std::string& entry_path, const std::vector<kb::Routing>& passages);

 private:
  Result<llm::Task> begin(const kb::Entry& entry);
  Status draft_with_fallback(const OpenTask& open, const llm::DraftedTask& missed);
  void record_missed(const llm::DraftedTask& missed);

  const RunContext& context_;
  const std::vector<kb::Entry> entries_;
  const review::RelatedEntries related_;
  RefreshReport& report_;
  std::size_t next_ = 0;
  std::map<std::string, OpenTask> open_;  // by the entry's path
};

// Verifies what was drafted of these passages of an entry and stores it as a proposal, in one transaction,
// and entries that it proposes each in one of its own; `is_fallback`: in place of the model that the passages
// keep waiting for.
Status propose_draft(const RunContext& context, const EntryDraftQueue::OpenTask& open, const llm::Task& task,
                     const llm::Draft& draft, const std::string& drafter, bool is_fallback,
                     RefreshReport& report);

}  // namespace stubkeeper::cron
