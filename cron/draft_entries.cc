#include "cron/draft_entries.h"

#include "cron/batches.h"
#include "cron/entry_drafting.h"
#include "cron/plan.h"
#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"

namespace stubkeeper::cron {

Status draft_entries(const RefreshParts& parts, const RefreshOptions& options, RefreshReport& report) {
  kb::EntryStore entries{parts.store};
  if (parts.model == nullptr) STUBKEEPER_TRY(kb::Proposals{parts.store}.accept_stand_ins());
  STUBKEEPER_ASSIGN(const auto waiting, kb::Proposals{parts.store}.entries_waiting_for_draft());
  std::vector<kb::Entry> meant;
  for (const kb::Id id : waiting) {
    STUBKEEPER_ASSIGN(auto entry, entries.get(id));
    if (entry.state == kb::EntryState::removed || !is_meant(entry.path, options)) continue;
    // All that waits may be with a batch.
    STUBKEEPER_ASSIGN(const auto passages, kb::Proposals{parts.store}.waiting_for_draft(id));
    if (!passages.empty()) meant.push_back(std::move(entry));
  }
  if (meant.empty()) return {};
  parts.progress.begin("drafting", static_cast<std::int64_t>(meant.size()));
  STUBKEEPER_ASSIGN(const auto all, entries.list());
  EntryDrafting drafting{parts, std::move(meant), review::RelatedEntries{all}, report};
  if (options.batch) {
    STUBKEEPER_TRY(draft_in_batch(parts, drafting, report));
    parts.progress.end();
    return {};
  }
  parts.drafter.draft_all([&] { return drafting.next_task(); },
                          [&](llm::DraftedTask drafted) { drafting.take(std::move(drafted)); });
  if (!parts.keep_going()) report.interrupted = true;
  parts.progress.end();
  return {};
}

}  // namespace stubkeeper::cron
