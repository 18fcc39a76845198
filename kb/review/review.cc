#include "kb/review/review.h"

#include <algorithm>

#include "base/sha256.h"
#include "kb/entries/entry_store.h"
#include "kb/entries/rebase.h"
#include "kb/review/approved_text.h"
#include "kb/review/changelog_lines.h"
#include "kb/review/proposals.h"
#include "kb/review/proposed_entries.h"
#include "kb/review/revert_change.h"
#include "kb/review/upkeep.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

Error not_waiting_error(const Change& change) {
  return Error{ErrorCode::conflict,
               "change " + std::to_string(change.id) + " is " + change_state_name(change.state) + " already",
               "", "`stubkeeper review show " + std::to_string(change.id) + "` tells by whom"};
}

Status check_seen_hash(const Change& change, const std::string& seen) {
  if (seen.empty() || seen == seen_hash(change)) return {};
  const std::string id = std::to_string(change.id);
  return Error{ErrorCode::conflict, "change " + id + " is not what was seen any more", "",
               "look at it again with `stubkeeper review show " + id + "`"};
}

Status set_state(Database& database, Id change_id, ChangeState state, Id applied_revision_id) {
  return database.run(
      "UPDATE change SET state = ?, applied_revision_id = ?, outdated_because = '', outdated_by_revision_id = "
      "NULL WHERE id = ?",
      {std::string_view{change_state_name(state)}, id_or_null(applied_revision_id), change_id});
}

// A decision to be recorded. `revision_id`: the revision that it made; 0 for none.
struct NewDecision {
  Id change_id = 0;
  Verdict verdict = Verdict::approve;
  const Reviewer& reviewer;
  Timestamp now;
  const std::string& reason;
  Id revision_id = 0;
  ReviewerEdit reviewer_edit = {};
};

Status record_decision(Database& database, const NewDecision& decision) {
  return database.run(
      "INSERT INTO decision (change_id, verdict, decided_by, decided_at, reason, text, moved_to, revision_id) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      {decision.change_id, std::string_view{verdict_name(decision.verdict)}, decision.reviewer.name,
       to_value(decision.now), decision.reason, decision.reviewer_edit.text, decision.reviewer_edit.moved_to,
       id_or_null(decision.revision_id)});
}

Status check_approvable(const Change& change, const Reviewer& reviewer) {
  if (change.state != ChangeState::waiting) return not_waiting_error(change);
  if (reviewer.kind != AuthorKind::policy || !is_flagged(change)) return {};
  return Error{
      ErrorCode::refused,
      "change " + std::to_string(change.id) + " is flagged, and a policy never approves a flagged change", "",
      ""};
}

constexpr std::string_view resolved_by_edit = "the text was edited";

// Replaces the flags of the proposed text by those of the reviewer's version.
Status replace_flags(Database& database, const Change& change, const std::vector<Flag>& flags,
                     Timestamp now) {
  const auto is_among = [](const Flag& flag, const std::vector<Flag>& others) {
    return std::any_of(others.begin(), others.end(), [&](const Flag& other) {
      return other.name == flag.name && other.detail == flag.detail && !other.resolved_at;
    });
  };
  for (const Flag& old : change.flags) {
    if (old.resolved_at || is_among(old, flags)) continue;
    STUBKEEPER_TRY(database.run("UPDATE flag SET resolved_at = ?, resolution = ? WHERE id = ?",
                                {to_value(now), resolved_by_edit, old.id}));
  }
  for (const Flag& added : flags) {
    if (is_among(added, change.flags)) continue;
    STUBKEEPER_TRY(database.run("INSERT INTO flag (name, detail, change_id, raised_at) VALUES (?, ?, ?, ?)",
                                {added.name, added.detail, change.id, to_value(now)}));
  }
  return {};
}

// Restores the flags of the proposed text after an edit: those raised since the proposal are the
// edit's.
Status restore_flags(Database& database, Id change_id, Timestamp now) {
  STUBKEEPER_TRY(database.run(
      "UPDATE flag SET resolved_at = ?, resolution = 'the edit was undone' WHERE change_id = ? AND "
      "resolved_at IS NULL AND raised_at > (SELECT created_at FROM proposal JOIN change ON proposal.id = "
      "proposal_id WHERE change.id = flag.change_id)",
      {to_value(now), change_id}));
  return database.run(
      "UPDATE flag SET resolved_at = NULL, resolution = '' WHERE change_id = ? AND resolution = ?",
      {change_id, resolved_by_edit});
}

struct Approval {
  const Reviewer& reviewer;
  const std::string& reason;
  const ReviewerEdit* reviewer_edit = nullptr;
};

// An approval that was stored; or why the change does not fit the entry's text: it is stored as
// outdated, so that this is no error of the transaction.
struct ApprovalOutcome {
  Revision revision;
  std::optional<Error> misfit;

  Result<Revision> result() const { return misfit ? Result<Revision>{*misfit} : Result<Revision>{revision}; }
};

std::string describe_approval(const Change& change, const Proposal& proposal, bool is_edited) {
  return std::string{is_edited ? "approved as edited: change " : "approved: change "} +
         std::to_string(change.id) + ", " + change.kind +
         (change.kind == rechecked_kind ? ": " + change.reason : ", drafted by " + proposal.drafter);
}

Status publish_stub(Store& store, const Entry& entry, Id run_id, Timestamp now) {
  if (entry.state != EntryState::stub) return {};
  STUBKEEPER_TRY(EntryStore{store}.set_state(entry.id, EntryState::published));
  return note_new_entry(store, entry, run_id, now);
}

Result<ApprovalOutcome> apply_approval(Store& store, const Clock& clock, const Change& change,
                                       const Approval& approval);

DecideOnLine approve_line(Store& store, const Clock& clock, const Reviewer& reviewer) {
  return [&store, &clock, &reviewer](const Change& line) -> Status {
    STUBKEEPER_ASSIGN(const auto outcome,
                      apply_approval(store, clock, line, {reviewer, line.reason, nullptr}));
    return outcome.misfit ? Status{*outcome.misfit} : Status{};
  };
}

// Called within a transaction.
Result<ApprovalOutcome> apply_approval(Store& store, const Clock& clock, const Change& change,
                                       const Approval& approval) {
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto entry, entries.get(change.entry_id));
  const Timestamp now = clock.now();
  auto text = approved_text(store, change, entry, approval.reviewer_edit, iso_date(now));
  if (!text.ok() && text.error().code == ErrorCode::conflict) {
    STUBKEEPER_TRY(set_state(store.database(), change.id, ChangeState::outdated, 0));
    return ApprovalOutcome{
        {},
        Error{ErrorCode::conflict,
              "change " + std::to_string(change.id) + " is outdated: " + text.error().message, "",
              "the next refresh that finds the passage new drafts it again; or write it by hand"}};
  }
  if (!text.ok()) return text.error();
  STUBKEEPER_ASSIGN(const auto proposal, Proposals{store}.proposal(change.proposal_id));
  const bool is_edited = approval.reviewer_edit != nullptr;
  // Before the new text is there: the change itself is not to be brought onto it.
  STUBKEEPER_TRY(set_state(store.database(), change.id, ChangeState::approved, 0));
  STUBKEEPER_ASSIGN(
      const auto revision,
      entries.add_revision(entry.id, std::move(text->after), approval.reviewer.kind, approval.reviewer.name,
                           now, describe_approval(change, proposal, is_edited), &text->before, text->known));
  STUBKEEPER_TRY(publish_stub(store, entry, proposal.run_id, now));
  // What changes no text has no revision of its own.
  const Id made = revision.id == entry.current_revision_id ? 0 : revision.id;
  if (made != 0) {
    STUBKEEPER_TRY(set_state(store.database(), change.id, ChangeState::approved, made));
    STUBKEEPER_TRY(store.database().run("INSERT INTO approval (revision_id, change_id) VALUES (?, ?)",
                                        {made, change.id}));
  }
  STUBKEEPER_TRY(
      record_decision(store.database(), {change.id,
                                         is_edited ? Verdict::edit : Verdict::approve,
                                         approval.reviewer,
                                         now,
                                         approval.reason,
                                         made,
                                         {is_edited ? approval.reviewer_edit->text : "", text->moved_to}}));
  if (made == 0) return ApprovalOutcome{revision, {}};
  STUBKEEPER_TRY(log_approved_change(store, change, entry,
                                     is_edited ? approval.reviewer_edit->text : change.new_text, now,
                                     approve_line(store, clock, approval.reviewer)));
  return ApprovalOutcome{revision, {}};
}

}  // namespace

std::string seen_hash(const Change& change) {
  // Each part with its length before it, so that no two lists of parts give one text.
  std::string seen;
  const auto add = [&](const std::string& part) { seen += std::to_string(part.size()) + ":" + part; };
  // The new text follows from the edit, but for the heading that is made where its part is missing.
  for (const std::string& part :
       {change.edit_json, change.place, change.old_text, std::string{change_state_name(change.state)}}) {
    add(part);
  }
  for (const Citation& citation : change.citations) {
    add(std::to_string(citation.snapshot_id) + "," + std::to_string(citation.begin_byte) + "," +
        std::to_string(citation.end_byte));
  }
  for (const Flag& flag : change.flags)
    add(flag.name + "," + flag.detail + (flag.resolved_at ? ",resolved" : ""));
  return sha256_hex(seen).substr(0, 16);
}

Result<std::string> seen_hash(Store& store, Id change_id) {
  STUBKEEPER_ASSIGN(const auto change, Proposals{store}.get(change_id));
  return seen_hash(change);
}

Status reject_change(Store& store, Id change_id, const Reviewer& reviewer, const std::string& reason,
                     Timestamp now) {
  STUBKEEPER_ASSIGN(const auto change, Proposals{store}.get(change_id));
  if (change.state != ChangeState::waiting) return not_waiting_error(change);
  STUBKEEPER_TRY(set_state(store.database(), change_id, ChangeState::rejected, 0));
  STUBKEEPER_TRY(withdraw_proposed_entry(store, change));
  return record_decision(store.database(), {change_id, Verdict::reject, reviewer, now, reason});
}

Status undo_rejection(Store& store, Id change_id, const Reviewer& reviewer, const std::string& reason,
                      Timestamp now) {
  STUBKEEPER_ASSIGN(const auto change, Proposals{store}.get(change_id));
  STUBKEEPER_TRY(set_state(store.database(), change_id, ChangeState::waiting, 0));
  STUBKEEPER_TRY(restore_proposed_entry(store, change));
  STUBKEEPER_TRY(record_decision(store.database(), {change_id, Verdict::undo, reviewer, now, reason}));
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto entry, entries.get(change.entry_id));
  STUBKEEPER_ASSIGN(const auto current, entries.document(entry.current_revision_id));
  return rebase_waiting(store, entry.id, entry.current_revision_id, current);
}

namespace {

// The change waits again, and so does what its text had made outdated.
Status undo_approval(Store& store, const Change& change, const Reviewer& reviewer, const std::string& reason,
                     Timestamp now) {
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto entry, entries.get(change.entry_id));
  Id current_id = entry.current_revision_id;
  // An approval that changed no text has none to take back.
  if (change.applied_revision_id != 0) {
    STUBKEEPER_ASSIGN(auto reverted, revert_change(store, change));
    STUBKEEPER_ASSIGN(
        const auto revision,
        entries.add_revision(entry.id, entries::Document::parse(reverted.bytes), reviewer.kind, reviewer.name,
                             now, "undone: change " + std::to_string(change.id), nullptr, reverted.known));
    current_id = revision.id;
    STUBKEEPER_TRY(revive_outdated(store, entry.id));
  }
  STUBKEEPER_TRY(set_state(store.database(), change.id, ChangeState::waiting, 0));
  STUBKEEPER_TRY(restore_flags(store.database(), change.id, now));
  const Id made = current_id == entry.current_revision_id ? 0 : current_id;
  STUBKEEPER_TRY(record_decision(store.database(), {change.id, Verdict::undo, reviewer, now, reason, made}));
  STUBKEEPER_TRY(unpublish_stub(store, entry));
  STUBKEEPER_ASSIGN(const auto current, entries.document(current_id));
  return rebase_waiting(store, entry.id, current_id, current);
}

}  // namespace

Result<Revision> Review::approve(Id change_id, const Reviewer& reviewer, const std::string& reason,
                                 const std::string& seen) {
  ApprovalOutcome outcome;
  STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto change, Proposals{store_}.get(change_id));
    STUBKEEPER_TRY(check_approvable(change, reviewer));
    STUBKEEPER_TRY(check_seen_hash(change, seen));
    STUBKEEPER_ASSIGN(outcome, apply_approval(store_, clock_, change, {reviewer, reason, nullptr}));
    return {};
  }));
  return outcome.result();
}

Result<std::vector<Status>> Review::approve_all(const std::vector<Id>& changes, const Reviewer& reviewer,
                                                const std::string& reason) {
  constexpr std::size_t changes_per_transaction = 100;
  std::vector<Status> outcomes;
  for (std::size_t begin = 0; begin < changes.size(); begin += changes_per_transaction) {
    const std::size_t end = std::min(begin + changes_per_transaction, changes.size());
    STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
      for (std::size_t i = begin; i < end; ++i) {
        ApprovalOutcome outcome;
        const Status stored = store_.run_in_savepoint([&]() -> Status {
          STUBKEEPER_ASSIGN(const auto change, Proposals{store_}.get(changes[i]));
          STUBKEEPER_TRY(check_approvable(change, reviewer));
          STUBKEEPER_ASSIGN(outcome, apply_approval(store_, clock_, change, {reviewer, reason, nullptr}));
          return {};
        });
        outcomes.push_back(outcome.misfit ? Status{*outcome.misfit} : stored);
        // The store itself fails, and the transaction is rolled back.
        if (!store_.database().in_transaction()) return stored;
      }
      return {};
    }));
  }
  return outcomes;
}

Result<Revision> Review::approve_edited(Id change_id, const Reviewer& reviewer,
                                        const ReviewerEdit& reviewer_edit, const std::string& reason,
                                        const std::string& seen,
                                        const std::optional<std::vector<Flag>>& flags) {
  ApprovalOutcome outcome;
  STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto change, Proposals{store_}.get(change_id));
    if (change.state != ChangeState::waiting) return not_waiting_error(change);
    STUBKEEPER_TRY(check_seen_hash(change, seen));
    STUBKEEPER_ASSIGN(outcome, apply_approval(store_, clock_, change, {reviewer, reason, &reviewer_edit}));
    if (outcome.misfit || !flags) return {};
    return replace_flags(store_.database(), change, *flags, clock_.now());
  }));
  return outcome.result();
}

Status Review::reject(Id change_id, const Reviewer& reviewer, const std::string& reason,
                      const std::string& seen) {
  return store_.run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto change, Proposals{store_}.get(change_id));
    if (change.state == ChangeState::waiting) STUBKEEPER_TRY(check_seen_hash(change, seen));
    return reject_change(store_, change_id, reviewer, reason, clock_.now());
  });
}

Status Review::undo(Id change_id, const Reviewer& reviewer, const std::string& reason) {
  return store_.run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto change, Proposals{store_}.get(change_id));
    if (change.state != ChangeState::rejected && change.state != ChangeState::approved) {
      return Error{ErrorCode::conflict,
                   "change " + std::to_string(change_id) + " is " + change_state_name(change.state) +
                       ": there is no decision to undo",
                   "", ""};
    }
    const Timestamp now = clock_.now();
    if (change.state == ChangeState::rejected)
      return undo_rejection(store_, change_id, reviewer, reason, now);
    STUBKEEPER_TRY(undo_approval(store_, change, reviewer, reason, now));
    return unlog_undone_change(
        store_, change, now, approve_line(store_, clock_, reviewer),
        [&](const Change& line) { return undo_approval(store_, line, reviewer, line.reason, now); });
  });
}

}  // namespace stubkeeper::kb
