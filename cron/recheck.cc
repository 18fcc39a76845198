#include "cron/stages.h"

#include <set>

#include "config/review_policies.h"
#include "entries/staleness.h"
#include "kb/entries/entry_store.h"
#include "kb/review/policies.h"
#include "kb/review/proposals.h"
#include "kb/review/review_queue.h"
#include "kb/review/upkeep.h"
#include "kb/sources/linked_addresses.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cron {
namespace {

using std::chrono::days;

// Whether an entry is stale. One that was never reviewed is; in a broken front matter no date is set.
bool is_stale(const entries::FrontMatter& front_matter, Timestamp now) {
  if (front_matter.kind() == entries::FrontMatterKind::none || !front_matter.parse_error().empty())
    return false;
  const auto overdue = entries::days_overdue(front_matter, iso_date(now));
  return !overdue || *overdue >= 0;
}

bool responded_recently(const kb::Source& source, Timestamp now,
                        const config::Configuration::Revisit& revisit) {
  return source.failures == 0 && source.checked_at &&
         *source.checked_at + days{revisit.recheck_window_days} > now;
}

// Whether every source of the entry answered well lately, and there is at least one. A paused one is not
// asked, so nobody knows what it says.
Result<bool> all_sources_responded(kb::Store& store, kb::Id entry_id, Timestamp now,
                                   const config::Configuration::Revisit& revisit) {
  STUBKEEPER_ASSIGN(const auto sources, kb::Sources{store}.of_entry(entry_id));
  bool any = false;
  for (const kb::Source& source : sources) {
    const bool asked = source.state == kb::SourceState::active;
    if (!asked || !responded_recently(source, now, revisit)) return false;
    // A page that the source leads to and that was not read yet may say something new.
    STUBKEEPER_ASSIGN(const auto linked, kb::LinkedAddresses{store}.counts(source.id));
    if (linked.waiting_new > 0) return false;
    any = true;
  }
  return any;
}

// Entries with a change that waits, or a recheck that was turned down within the window.
Result<std::set<kb::Id>> entries_not_to_recheck(kb::Store& store, Timestamp now,
                                                const config::Configuration::Revisit& revisit) {
  kb::Proposals proposals{store};
  std::set<kb::Id> entries;
  STUBKEEPER_ASSIGN(const auto waiting, kb::review_queue(store, {}));
  for (const kb::QueuedChange& change : waiting) entries.insert(change.entry_id);
  STUBKEEPER_ASSIGN(const auto undrafted, proposals.entries_waiting_for_draft());
  entries.insert(undrafted.begin(), undrafted.end());
  kb::Proposals::Filter rejected_rechecks;
  rejected_rechecks.state = kb::ChangeState::rejected;
  rejected_rechecks.kind = kb::rechecked_kind;
  STUBKEEPER_ASSIGN(const auto rejected, kb::review_queue(store, rejected_rechecks));
  for (const kb::QueuedChange& change : rejected) {
    const bool is_recent =
        change.proposed_at <= now && change.proposed_at + days{revisit.recheck_window_days} > now;
    if (is_recent) entries.insert(change.entry_id);
  }
  return entries;
}

Status propose_recheck(kb::Store& store, Timestamp now, const kb::Entry& entry,
                       const entries::IdentifiedDocument& document, RefreshReport& report) {
  kb::Proposals::NewChange change;
  change.kind = kb::rechecked_kind;
  change.edit.kind = entries::EditKind::set_field;
  change.edit.target = "last_reviewed";
  change.edit.text = iso_date(now);
  change.edit.style = entries::ScalarStyle::bare_date;
  STUBKEEPER_ASSIGN(auto preview, entries::preview_edit(document, change.edit));
  change.place = std::move(preview.place);
  change.old_text = std::move(preview.old_text);
  change.new_text = std::move(preview.new_text);
  STUBKEEPER_ASSIGN(const auto sources, kb::Sources{store}.of_entry(entry.id));
  change.reason = sources.size() == 1 ? "past its review date; its one source answered and says nothing new: "
                                      : "past its review date; all " + std::to_string(sources.size()) +
                                            " sources answered and say nothing new: ";
  for (std::size_t i = 0; i < sources.size(); ++i) change.reason += (i == 0 ? "" : ", ") + sources[i].address;
  STUBKEEPER_ASSIGN(const auto proposal,
                    kb::Proposals{store}.propose(report.run_id, entry.id, entry.current_revision_id,
                                                 kb::rechecked_kind, now, {}, {change}));
  if (proposal != 0) ++report.rechecked;
  return {};
}

}  // namespace

Status propose_rechecked(kb::Store& store, Timestamp now, const config::Configuration::Revisit& revisit,
                         const RefreshOptions& options, RefreshReport& report) {
  kb::EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto excluded, entries_not_to_recheck(store, now, revisit));
  STUBKEEPER_ASSIGN(const auto all, entries.list());
  for (const kb::Entry& entry : all) {
    if (entry.state != kb::EntryState::published || excluded.contains(entry.id) ||
        !is_selected(entry.path, options))
      continue;
    STUBKEEPER_ASSIGN(const bool answered, all_sources_responded(store, entry.id, now, revisit));
    if (!answered) continue;
    STUBKEEPER_ASSIGN(const auto document, entries.document(entry.current_revision_id));
    if (!is_stale(document.document.front_matter(), now)) continue;
    STUBKEEPER_TRY(report.note_failure(entry.path, propose_recheck(store, now, entry, document, report)));
  }
  return {};
}

Status apply_policies(kb::Store& store, const Clock& clock, const config::Configuration& configuration,
                      RefreshReport& report) {
  const auto policies = config::all_policies(configuration);
  std::vector<ItemFailure> failures;
  STUBKEEPER_ASSIGN(const int approved, kb::approve_by_policy(store, clock, policies, failures));
  report.approved_by_policy += approved;
  // A published change may call for more.
  STUBKEEPER_ASSIGN(report.upkeep, kb::propose_upkeep(store, clock.now(), failures));
  report.note_failures(failures);
  if (report.upkeep == 0) return {};
  std::vector<ItemFailure> known_failures;
  STUBKEEPER_ASSIGN(const int kept, kb::approve_by_policy(store, clock, policies, known_failures));
  report.approved_by_policy += kept;
  return {};
}

}  // namespace stubkeeper::cron
