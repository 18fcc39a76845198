#include "cron/draft_entries.h"

#include <algorithm>
#include <utility>

#include "cron/proposal_limits.h"
#include "kb/entries/entry_store.h"
#include "kb/review/first_looks.h"
#include "kb/review/proposed_entries.h"
#include "kb/review/rejection_memory.h"
#include "kb/sources/sources.h"
#include "llm/verifier.h"
#include "review/task.h"

namespace stubkeeper::cron {
namespace {

// A verified change as the store keeps it. Error: that of the edit where it no longer applies.
Result<kb::Proposals::NewChange> to_new_change(const entries::IdentifiedDocument& document,
                                               const llm::VerifiedChange& verified) {
  STUBKEEPER_ASSIGN(auto preview, entries::preview_edit(document, verified.change.edit));
  kb::Proposals::NewChange change;
  change.kind = verified.change.kind;
  change.edit = verified.change.edit;
  change.place = std::move(preview.place);
  change.old_text = std::move(preview.old_text);
  change.new_text = std::move(preview.new_text);
  change.reason = verified.change.reason;
  change.citations = verified.quotes;
  change.flags = verified.flags;
  return change;
}

// Whether a first look that is made again gives what it gave before.
Result<bool> waits_already(kb::Store& store, kb::Id entry_id, const kb::Proposals::NewChange& change) {
  if (change.first_look_source_id == 0) return false;
  STUBKEEPER_ASSIGN(const auto waiting,
                    (kb::FirstLooks{store}.waiting_texts({entry_id, change.first_look_source_id})));
  return waiting.contains(change.new_text);
}

// Entries that the draft proposes to make, each for review with its first change.
Status propose_entries(const DraftContext& context, const llm::Verification& verification,
                       const std::string& drafter, kb::RejectionMemory& rejection_memory,
                       RefreshReport& report) {
  for (const llm::VerifiedEntry& proposed : verification.entries) {
    STUBKEEPER_ASSIGN(auto change, to_new_change(proposed.entry.stub, proposed.change));
    STUBKEEPER_ASSIGN(const bool already_rejected, rejection_memory.is_rejected(change));
    if (already_rejected) {
      ++report.previously_rejected;
      continue;
    }
    const bool flagged = !change.flags.empty();
    STUBKEEPER_ASSIGN(const kb::Id made,
                      kb::propose_entry(context.store, report.run_id, drafter, context.clock.now(),
                                        {proposed.entry.path, proposed.entry.title,
                                         proposed.entry.stub.document.print(), std::move(change)}));
    if (made != 0) report.proposals.push_back({proposed.entry.path, 1, flagged ? 1 : 0});
  }
  return {};
}

}  // namespace

std::optional<llm::Task> EntryDraftQueue::next_task() {
  while (next_ < entries_.size()) {
    if (!context_.keep_going()) {
      report_.interrupted = true;
      return std::nullopt;
    }
    const kb::Entry& entry = entries_[next_++];
    auto task = begin(entry);
    if (task.ok()) return *std::move(task);
    report_.add_failure(entry.path, task.error().text());
    context_.progress.step(entry.path);
  }
  return std::nullopt;
}

Result<llm::Task> EntryDraftQueue::begin(const kb::Entry& entry) {
  STUBKEEPER_ASSIGN(auto waiting, kb::Proposals{context_.store}.waiting_for_draft(entry.id));
  STUBKEEPER_ASSIGN(auto task, build_task(entry, waiting));
  open_.emplace(entry.path, OpenTask{entry, std::move(waiting)});
  return task;
}

Result<llm::Task> EntryDraftQueue::build_task(const kb::Entry& entry,
                                              const std::vector<kb::Routing>& waiting) const {
  STUBKEEPER_ASSIGN(auto task,
                    review::build_draft_task(context_.store, context_.clock, entry, waiting, related_));
  for (const kb::Id source : unlimited_sources_) task.max_first_look_changes.erase(source);
  return task;
}

void EntryDraftQueue::process_draft(llm::DraftedTask drafted) {
  const auto node = open_.extract(drafted.task.entry_path);
  if (node.empty()) return;
  const OpenTask& open = node.mapped();
  Status done;
  if (drafted.end == llm::DraftOutcome::drafted) {
    report_.model.refusals += drafted.draft.refusals;
    done =
        propose_draft(context_, open, drafted.task, drafted.draft, context_.drafter.name(), false, report_);
  } else if (drafted.end == llm::DraftOutcome::stopped) {
    report_.interrupted = true;
  } else {
    record_missed(drafted);
    if (context_.model != nullptr) done = draft_with_fallback(open, drafted);
  }
  if (!done.ok()) report_.add_failure(open.entry.path, done.error().text());
  context_.progress.step(open.entry.path);
}

void EntryDraftQueue::record_missed(const llm::DraftedTask& missed) {
  ModelReport& model = report_.model;
  switch (missed.end) {
    case llm::DraftOutcome::out_of_budget:
      if (model.out_of_budget.empty()) model.out_of_budget = missed.error.text();
      return;
    case llm::DraftOutcome::given_up:
      // Once for all entries, as it would be the same for each.
      if (model.given_up.empty())
        report_.add_failure(context_.drafter.name(), model.given_up = missed.error.text());
      return;
    case llm::DraftOutcome::failed_before:
      ++model.failed_before;
      return;
    default:
      report_.add_failure(missed.task.entry_path, missed.error.text());
  }
}

Status EntryDraftQueue::draft_with_fallback(const OpenTask& open, const llm::DraftedTask& missed) {
  ++report_.model.deferred_entries;
  if (context_.model->fallback == nullptr) return {};
  OpenTask fresh = open;
  std::erase_if(fresh.waiting, [](const kb::Routing& routing) { return routing.has_fallback_draft; });
  if (fresh.waiting.empty()) return {};
  llm::Task task;
  if (fresh.waiting.size() == open.waiting.size()) {
    task = missed.task;
  } else {
    STUBKEEPER_ASSIGN(task, build_task(open.entry, fresh.waiting));
  }
  STUBKEEPER_ASSIGN(const auto draft, context_.model->fallback->draft(task));
  ++report_.model.fallback_drafts;
  return propose_draft(context_, fresh, task, draft,
                       context_.model->fallback->name() + ", in place of " + context_.drafter.name(), true,
                       report_);
}

void EntryDraftQueue::exclude(const std::string& entry_path, const std::vector<kb::Routing>& passages) {
  const auto found = open_.find(entry_path);
  if (found == open_.end()) return;
  std::erase_if(found->second.waiting, [&](const kb::Routing& routing) {
    return std::any_of(passages.begin(), passages.end(), [&](const kb::Routing& left_out) {
      return left_out.passage_id == routing.passage_id;
    });
  });
  if (!found->second.waiting.empty()) return;
  open_.erase(found);
  context_.progress.step(entry_path);
}

Status propose_draft(const DraftContext& context, const EntryDraftQueue::OpenTask& open,
                     const llm::Task& task, const llm::Draft& draft, const std::string& drafter,
                     bool is_fallback, RefreshReport& report) {
  const llm::Verification verification = llm::verify(task, draft);
  std::vector<kb::Proposals::NewChange> changes;
  ProposalSummary proposed{open.entry.path, 0, 0, 0};
  FirstLookLimit limit{task};
  KeptPassages kept{draft, verification};
  // A change that is no edit of the entry names no passage that can be trusted: any of them may say more.
  if (draft.unusable > 0) kept.add_all(open.waiting);
  int dropped_unsafe = verification.dropped_unsafe;
  int previously_rejected = 0;
  STUBKEEPER_ASSIGN(auto rejection_memory, kb::RejectionMemory::read(context.store, open.entry.id));
  for (const llm::VerifiedChange& verified : verification.changes) {
    auto change = to_new_change(task.entry, verified);
    if (!change.ok()) {
      ++dropped_unsafe;
      continue;
    }
    STUBKEEPER_ASSIGN(const bool already_rejected, rejection_memory.is_rejected(*change));
    if (already_rejected) {
      ++previously_rejected;
      continue;
    }
    change->first_look_source_id = limit.first_look_source(verified.change);
    STUBKEEPER_ASSIGN(const bool is_waiting, waits_already(context.store, open.entry.id, *change));
    if (is_waiting) continue;
    if (!limit.takes(change->first_look_source_id)) {
      kept.add(verified.change);
      continue;
    }
    STUBKEEPER_ASSIGN(auto repeated, review::repeated_story_flag(context.store, open.entry.id,
                                                                 change->citations, change->flags));
    if (repeated) change->flags.push_back(*std::move(repeated));
    ++proposed.changes;
    if (!change->flags.empty()) ++proposed.flagged;
    if (change->first_look_source_id != 0) ++proposed.first_look;
    changes.push_back(*std::move(change));
  }
  // News comes first, and a first look's changes stand together.
  std::ranges::stable_sort(changes, {}, &kb::Proposals::NewChange::first_look_source_id);
  kb::Proposals proposals{context.store};
  const Timestamp now = context.clock.now();
  STUBKEEPER_TRY(context.store.run_in_transaction([&]() -> Status {
    const auto stored =
        is_fallback ? proposals.propose_fallback(report.run_id, open.entry.id, open.entry.current_revision_id,
                                                 drafter, now, open.waiting, changes)
                    : proposals.propose(report.run_id, open.entry.id, open.entry.current_revision_id, drafter,
                                        now, open.waiting, changes);
    STUBKEEPER_TRY(stored);
    return is_fallback ? Status{} : kb::FirstLooks{context.store}.keep(open.entry.id, kept.passages());
  }));
  report.kept_changes += kept.changes();
  report.dropped_without_quote += verification.dropped_without_quote;
  report.dropped_unsafe += dropped_unsafe;
  report.previously_rejected += previously_rejected;
  report.dropped_unusable += draft.unusable;
  if (proposed.changes > 0) report.proposals.push_back(proposed);
  return propose_entries(context, verification, drafter, rejection_memory, report);
}

Status draft_entries(const DraftContext& context, const RefreshOptions& options, RefreshReport& report) {
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
  std::set<kb::Id> unlimited_sources;
  if (options.all) {
    STUBKEEPER_ASSIGN(const auto sources, kb::Sources{context.store}.list());
    for (const kb::Source& source : sources)
      if (is_selected(source, options)) unlimited_sources.insert(source.id);
  }
  EntryDraftQueue queue{context, std::move(selected), review::RelatedEntries{all},
                        std::move(unlimited_sources), report};
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
