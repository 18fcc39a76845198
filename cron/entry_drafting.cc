#include "cron/entry_drafting.h"

#include <algorithm>
#include <set>
#include <utility>

#include "cron/stored_change.h"
#include "kb/review/proposed_entries.h"
#include "kb/review/turned_down.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/stories.h"
#include "llm/verifier.h"
#include "review/task.h"

namespace stubkeeper::cron {
namespace {

// A change that rests on a copy of what the entry cites already adds no second witness.
Status flag_told_stories(kb::Store& store, kb::Id entry_id, kb::Proposals::NewChange& change) {
  kb::Stories stories{store};
  kb::Snapshots snapshots{store};
  const bool known = std::any_of(change.flags.begin(), change.flags.end(),
                                 [](const kb::Flag& flag) { return flag.name == "same-story"; });
  if (known) return {};
  std::set<kb::Id> looked_at;
  for (const kb::Citation& citation : change.citations) {
    if (!looked_at.insert(citation.snapshot_id).second) continue;
    STUBKEEPER_ASSIGN(const auto cited, stories.copies_cited_by(entry_id, citation.snapshot_id));
    if (cited.empty()) continue;
    STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(cited.front()));
    STUBKEEPER_ASSIGN(const auto document, snapshots.get_document(snapshot.document_id));
    kb::Flag flag;
    flag.name = "same-story";
    flag.detail = document.address;
    change.flags.push_back(std::move(flag));
    return {};
  }
  return {};
}

// Entries that the draft proposes to make, each for review with its first change.
Status propose_entries(const RefreshParts& parts, const llm::Verification& verification,
                       const std::string& drafter, kb::TurnedDown& turned_down, RefreshReport& report) {
  for (const llm::VerifiedEntry& proposed : verification.entries) {
    STUBKEEPER_ASSIGN(auto change, stored_change(proposed.entry.stub, proposed.change));
    STUBKEEPER_ASSIGN(const bool unwanted, turned_down.speaks_of(change));
    if (unwanted) {
      ++report.turned_down_before;
      continue;
    }
    const bool flagged = !change.flags.empty();
    STUBKEEPER_ASSIGN(const kb::Id made,
                      kb::propose_entry(parts.store, report.run_id, drafter, parts.clock.now(),
                                        {proposed.entry.path, proposed.entry.title,
                                         proposed.entry.stub.document.print(), std::move(change)}));
    if (made != 0) report.proposals.push_back({proposed.entry.path, 1, flagged ? 1 : 0});
  }
  return {};
}

}  // namespace

std::optional<llm::Task> EntryDrafting::next_task() {
  while (next_ < entries_.size()) {
    if (!parts_.keep_going()) {
      report_.interrupted = true;
      return std::nullopt;
    }
    const kb::Entry& entry = entries_[next_++];
    auto task = begin(entry);
    if (task.ok()) return *std::move(task);
    report_.failures.push_back({entry.path, task.error().text()});
    parts_.progress.step(entry.path);
  }
  return std::nullopt;
}

Result<llm::Task> EntryDrafting::begin(const kb::Entry& entry) {
  STUBKEEPER_ASSIGN(auto waiting, kb::Proposals{parts_.store}.waiting_for_draft(entry.id));
  STUBKEEPER_ASSIGN(auto task, review::draft_task(parts_.store, parts_.clock, entry, waiting, related_));
  open_.emplace(entry.path, Open{entry, std::move(waiting)});
  return task;
}

void EntryDrafting::take(llm::DraftedTask drafted) {
  const auto node = open_.extract(drafted.task.entry_path);
  if (node.empty()) return;
  const Open& open = node.mapped();
  Status done;
  if (drafted.end == llm::DraftEnd::drafted) {
    report_.model.refusals += drafted.draft.refusals;
    done = propose_draft(parts_, open, drafted.task, drafted.draft, parts_.drafter.name(), false, report_);
  } else if (drafted.end == llm::DraftEnd::stopped) {
    report_.interrupted = true;
  } else {
    note_missed(drafted);
    if (parts_.model != nullptr) done = stand_in(open, drafted);
  }
  if (!done.ok()) report_.failures.push_back({open.entry.path, done.error().text()});
  parts_.progress.step(open.entry.path);
}

void EntryDrafting::note_missed(const llm::DraftedTask& missed) {
  ModelReport& model = report_.model;
  switch (missed.end) {
    case llm::DraftEnd::out_of_budget:
      if (model.out_of_budget.empty()) model.out_of_budget = missed.error.text();
      return;
    case llm::DraftEnd::given_up:
      // Once for all entries, as it would be the same for each.
      if (model.given_up.empty())
        report_.failures.push_back({parts_.drafter.name(), model.given_up = missed.error.text()});
      return;
    case llm::DraftEnd::failed_before:
      ++model.failed_before;
      return;
    default:
      report_.failures.push_back({missed.task.entry_path, missed.error.text()});
  }
}

Status EntryDrafting::stand_in(const Open& open, const llm::DraftedTask& missed) {
  ++report_.model.left_waiting;
  if (parts_.model->fallback == nullptr) return {};
  Open fresh = open;
  std::erase_if(fresh.waiting, [](const kb::Routing& routing) { return routing.has_stand_in; });
  if (fresh.waiting.empty()) return {};
  llm::Task task;
  if (fresh.waiting.size() == open.waiting.size()) {
    task = missed.task;
  } else {
    STUBKEEPER_ASSIGN(task, review::draft_task(parts_.store, parts_.clock, open.entry, fresh.waiting, related_));
  }
  STUBKEEPER_ASSIGN(const auto draft, parts_.model->fallback->draft(task));
  ++report_.model.stand_ins;
  return propose_draft(parts_, fresh, task, draft,
                       parts_.model->fallback->name() + ", in place of " + parts_.drafter.name(), true,
                       report_);
}

void EntryDrafting::leave_out(const std::string& entry_path, const std::vector<kb::Routing>& passages) {
  const auto found = open_.find(entry_path);
  if (found == open_.end()) return;
  std::erase_if(found->second.waiting, [&](const kb::Routing& routing) {
    return std::any_of(passages.begin(), passages.end(), [&](const kb::Routing& left_out) {
      return left_out.passage_id == routing.passage_id;
    });
  });
  if (!found->second.waiting.empty()) return;
  open_.erase(found);
  parts_.progress.step(entry_path);
}

Status propose_draft(const RefreshParts& parts, const EntryDrafting::Open& open, const llm::Task& task,
                     const llm::Draft& draft, const std::string& drafter, bool stands_in,
                     RefreshReport& report) {
  const llm::Verification verification = llm::verify(task, draft);
  std::vector<kb::Proposals::NewChange> changes;
  ProposedFor proposed{open.entry.path, 0, 0};
  int dropped_unsafe = verification.dropped_unsafe;
  int turned_down_before = 0;
  STUBKEEPER_ASSIGN(auto turned_down, kb::TurnedDown::read(parts.store, open.entry.id));
  for (const llm::VerifiedChange& verified : verification.changes) {
    auto change = stored_change(task.entry, verified);
    if (!change.ok()) {
      ++dropped_unsafe;
      continue;
    }
    STUBKEEPER_ASSIGN(const bool unwanted, turned_down.speaks_of(*change));
    if (unwanted) {
      ++turned_down_before;
      continue;
    }
    STUBKEEPER_TRY(flag_told_stories(parts.store, open.entry.id, *change));
    ++proposed.changes;
    if (!change->flags.empty()) ++proposed.flagged;
    changes.push_back(*std::move(change));
  }
  kb::Proposals proposals{parts.store};
  const Timestamp now = parts.clock.now();
  const auto stored =
      stands_in
          ? proposals.propose_in_place_of_model(report.run_id, open.entry.id, open.entry.current_revision_id,
                                                drafter, now, open.waiting, changes)
          : proposals.propose(report.run_id, open.entry.id, open.entry.current_revision_id, drafter, now,
                              open.waiting, changes);
  STUBKEEPER_TRY(stored);
  report.dropped_without_quote += verification.dropped_without_quote;
  report.dropped_unsafe += dropped_unsafe;
  report.turned_down_before += turned_down_before;
  report.dropped_unusable += draft.unusable;
  if (proposed.changes > 0) report.proposals.push_back(proposed);
  return propose_entries(parts, verification, drafter, turned_down, report);
}

}  // namespace stubkeeper::cron
