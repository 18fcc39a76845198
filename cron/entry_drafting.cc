#include "cron/entry_drafting.h"

#include <algorithm>
#include <set>
#include <utility>

#include "cron/draft_task.h"
#include "kb/snapshots.h"
#include "kb/stories.h"
#include "llm/verifier.h"

namespace stubkeeper::cron {
namespace {

// A verified change as the store keeps it; nothing where its edit no longer applies.
Result<kb::Proposals::NewChange> to_store(const llm::Task& task, const llm::VerifiedChange& verified) {
  STUBKEEPER_ASSIGN(auto preview, entries::preview_edit(task.entry, verified.change.edit));
  kb::Proposals::NewChange change;
  change.kind = verified.change.kind;
  change.edit = verified.change.edit;
  change.place = std::move(preview.place);
  change.old_text = std::move(preview.old_text);
  change.new_text = std::move(preview.new_text);
  change.reason = verified.change.reason;
  for (const llm::VerifiedQuote& quote : verified.quotes) {
    kb::Citation citation;
    citation.snapshot_id = quote.snapshot_id;
    citation.begin_byte = quote.place.begin;
    citation.end_byte = quote.place.end;
    citation.quote = quote.text;
    citation.refutes = quote.refutes;
    change.citations.push_back(std::move(citation));
  }
  for (const llm::RaisedFlag& raised : verified.flags) {
    kb::Flag flag;
    flag.name = raised.name;
    flag.detail = raised.detail;
    change.flags.push_back(std::move(flag));
  }
  return change;
}

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
  STUBKEEPER_ASSIGN(auto task, draft_task(parts_, entry, waiting));
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
    STUBKEEPER_ASSIGN(task, draft_task(parts_, open.entry, fresh.waiting));
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
  for (const llm::VerifiedChange& verified : verification.changes) {
    auto change = to_store(task, verified);
    if (!change.ok()) {
      ++dropped_unsafe;
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
  report.dropped_unusable += draft.unusable;
  if (proposed.changes > 0) report.proposals.push_back(proposed);
  return {};
}

}  // namespace stubkeeper::cron
