#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cron/refresh.h"
#include "kb/records.h"
#include "kb/review/proposals.h"
#include "llm/drafter.h"
#include "review/related_entries.h"

namespace stubkeeper::cron {

// Gives a drafter the tasks of these entries, and makes a proposal of each draft as soon as it is there, each
// entry in one transaction. Drafts come back in any order. What the drafter could not do is noted in the
// report, and drafted by the fallback where there is one.
class EntryDrafting {
 public:
  EntryDrafting(const RefreshParts& parts, std::vector<kb::Entry> entries, review::RelatedEntries related,
                RefreshReport& report)
      : parts_(parts), entries_(std::move(entries)), related_(std::move(related)), report_(report) {}

  // The next entry's task; nothing where there is none, or the run is asked to stop.
  std::optional<llm::Task> next_task();
  void take(llm::DraftedTask drafted);

  struct Open {
    kb::Entry entry;
    std::vector<kb::Routing> waiting;
  };
  // Of a task that was given out and not taken back: its entry and passages.
  const Open& open(const std::string& entry_path) const { return open_.at(entry_path); }
  // What of an entry is drafted by other means is left out of what take() stores for it; all of it: the entry
  // is done here.
  void leave_out(const std::string& entry_path, const std::vector<kb::Routing>& passages);

 private:
  Result<llm::Task> begin(const kb::Entry& entry);
  Status stand_in(const Open& open, const llm::DraftedTask& missed);
  void note_missed(const llm::DraftedTask& missed);

  const RefreshParts& parts_;
  const std::vector<kb::Entry> entries_;
  const review::RelatedEntries related_;
  RefreshReport& report_;
  std::size_t next_ = 0;
  std::map<std::string, Open> open_;  // by the entry's path
};

// Verifies what was drafted of these passages of an entry and stores it as a proposal, in one transaction,
// and entries that it proposes each in one of its own; `stands_in`: in place of the model that the passages
// keep waiting for.
Status propose_draft(const RefreshParts& parts, const EntryDrafting::Open& open, const llm::Task& task,
                     const llm::Draft& draft, const std::string& drafter, bool stands_in,
                     RefreshReport& report);

}  // namespace stubkeeper::cron
