#include "cron/draft_entries.h"

#include "cron/batches.h"
#include "cron/entry_draft_queue.h"
#include "cron/plan.h"
#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"

namespace stubkeeper::cron {

Status draft_entries(const RunContext& context, const RefreshOptions& options, RefreshReport& report) {
  kb::EntryStore entries{context.store};
  if (context.model == nullptr) STUBKEEPER_TRY(kb::Proposals{context.store}.accept_fallback_drafts());
  STUBKEEPER_ASSIGN(const auto waiting, kb::Proposals{context.store}.entries_waiting_for_draft());
  std::vector<kb::Entry> selected;
  for (const kb::Id id : waiting) {
    STUBKEEPER_ASSIGN(auto entry, entries.get(id));
    if (entry.state == kb::EntryState::removed || !is_selected(entry.path, options)) continue;
    // All that waits may be with a batch.
    STUBKEEPER_ASSIGN(const auto passages, kb::Proposals{context.store}.waiting_for_draft(id));
    if (!passages.empty()) selected.push_back(std::move(entry));
  }
  if (selected.empty()) return {};
  context.progress.begin("drafting", static_cast<std::int64_t>(selected.size()));
  STUBKEEPER_ASSIGN(const auto all, entries.list());
  EntryDraftQueue queue{context, std::move(selected), review::RelatedEntries{all}, report};
  if (options.batch) {
    STUBKEEPER_TRY(submit_batch(context, queue, report));
    context.progress.end();
    return {};
  }
  context.drafter.draft_all([&] { return queue.next_task(); },
                          [&](llm::DraftedTask drafted) { queue.process_draft(std::move(drafted)); });
  if (!context.keep_going()) report.interrupted = true;
  context.progress.end();
  return {};
}

}  // namespace stubkeeper::cron
