#include "cron/stages.h"

#include <fmt/format.h>

#include "config/review_policies.h"
#include "cron/recheck_state.h"
#include "kb/entries/entry_store.h"
#include "kb/review/policies.h"
#include "kb/review/proposals.h"
#include "kb/review/upkeep.h"

namespace stubkeeper::cron {
namespace {

Status propose_recheck(kb::Store& store, Timestamp now, const kb::Entry& entry,
                       const entries::IdentifiedDocument& document, const RecheckState& state,
                       RefreshReport& report) {
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
  const std::size_t answered = state.answered.size();
  change.reason =
      "past its review date; " +
      (answered < state.sources ? fmt::format("{} of {} sources answered and say", answered, state.sources)
       : answered == 1          ? std::string{"its one source answered and says"}
                                : fmt::format("all {} sources answered and say", answered)) +
      " nothing new: ";
  for (const kb::Source& source : state.answered)
    change.reason += (&source == &state.answered.front() ? "" : ", ") + source.address;
  STUBKEEPER_ASSIGN(const auto proposal,
                    kb::Proposals{store}.propose(report.run_id, entry.id, entry.current_revision_id,
                                                 kb::rechecked_kind, now, {}, {change}));
  if (proposal != 0) ++report.rechecked;
  return {};
}

}  // namespace

Status propose_rechecked(kb::Store& store, Timestamp now, const config::Configuration& configuration,
                         const RefreshOptions& options, RefreshReport& report) {
  kb::EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto states, RecheckStates::read(store, now, configuration));
  STUBKEEPER_ASSIGN(const auto all, entries.list());
  for (const kb::Entry& entry : all) {
    if (entry.state != kb::EntryState::published || !is_selected(entry.path, options)) continue;
    STUBKEEPER_ASSIGN(const auto state, states.of(entry));
    if (state.blocker != RecheckBlocker::none) continue;
    STUBKEEPER_ASSIGN(const auto document, entries.document(entry.current_revision_id));
    if (!is_stale(document.document.front_matter(), now)) continue;
    STUBKEEPER_TRY(
        report.note_failure(entry.path, propose_recheck(store, now, entry, document, state, report)));
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
