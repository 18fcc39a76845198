#include "cron/draft_entries.h"

#include <algorithm>
#include <set>

#include "cron/draft_task.h"
#include "cron/plan.h"
#include "kb/entry_store.h"
#include "kb/proposals.h"
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

Status draft_entry(const RefreshParts& parts, const kb::Entry& entry, RefreshReport& report) {
  kb::Proposals proposals{parts.store};
  STUBKEEPER_ASSIGN(const auto waiting, proposals.waiting_for_draft(entry.id));
  STUBKEEPER_ASSIGN(const auto task, draft_task(parts, entry, waiting));
  STUBKEEPER_ASSIGN(const auto draft, parts.drafter.draft(task));
  const llm::Verification verification = llm::verify(task, draft);

  std::vector<kb::Proposals::NewChange> changes;
  ProposedFor proposed{entry.path, 0, 0};
  int dropped_unsafe = verification.dropped_unsafe;
  for (const llm::VerifiedChange& verified : verification.changes) {
    auto change = to_store(task, verified);
    if (!change.ok()) {
      ++dropped_unsafe;
      continue;
    }
    STUBKEEPER_TRY(flag_told_stories(parts.store, entry.id, *change));
    ++proposed.changes;
    if (!change->flags.empty()) ++proposed.flagged;
    changes.push_back(*std::move(change));
  }
  STUBKEEPER_ASSIGN([[maybe_unused]] const auto id,
                    proposals.propose(report.run_id, entry.id, entry.current_revision_id,
                                      parts.drafter.name(), parts.clock.now(), waiting, changes));
  report.tokens += draft.tokens;
  report.dropped_without_quote += verification.dropped_without_quote;
  report.dropped_unsafe += dropped_unsafe;
  if (proposed.changes > 0) report.proposals.push_back(proposed);
  return {};
}

}  // namespace

Status draft_entries(const RefreshParts& parts, const RefreshOptions& options, RefreshReport& report) {
  kb::EntryStore entries{parts.store};
  STUBKEEPER_ASSIGN(const auto waiting, kb::Proposals{parts.store}.entries_waiting_for_draft());
  std::vector<kb::Entry> meant;
  for (const kb::Id id : waiting) {
    STUBKEEPER_ASSIGN(auto entry, entries.get(id));
    if (entry.state != kb::EntryState::removed && is_meant(entry.path, options))
      meant.push_back(std::move(entry));
  }
  if (meant.empty()) return {};
  parts.progress.begin("drafting", static_cast<std::int64_t>(meant.size()));
  for (const kb::Entry& entry : meant) {
    if (!parts.keep_going()) {
      report.interrupted = true;
      break;
    }
    const Status drafted = draft_entry(parts, entry, report);
    if (!drafted.ok()) report.failures.push_back({entry.path, drafted.error().text()});
    parts.progress.step(entry.path);
  }
  parts.progress.end();
  return {};
}

}  // namespace stubkeeper::cron
