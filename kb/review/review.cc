#include "kb/review/review.h"

#include <algorithm>

#include "base/sha256.h"
#include "kb/entries/entry_store.h"
#include "kb/entries/rebase.h"
#include "kb/review/approved_text.h"
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
      "UPDATE change SET state = ?, applied_revision_id = ?, outdated_because = '' WHERE id = ?",
      {std::string_view{change_state_name(state)}, id_or_null(applied_revision_id), change_id});
}

Status record_decision(Database& database, Id change_id, Verdict verdict, const Reviewer& reviewer,
                       Timestamp now, const std::string& reason, const ReviewerEdit& reviewer_edit = {}) {
  return database.run(
      "INSERT INTO decision (change_id, verdict, decided_by, decided_at, reason, text, moved_to) VALUES (?, "
      "?, ?, ?, ?, ?, ?)",
      {change_id, std::string_view{verdict_name(verdict)}, reviewer.name, to_value(now), reason,
       reviewer_edit.text, reviewer_edit.moved_to});
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

Result<Revision> apply_approval(Store& store, const Clock& clock, const Change& change,
                                const Approval& approval) {
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto entry, entries.get(change.entry_id));
  const Timestamp now = clock.now();
  auto text = approved_text(store, change, entry, approval.reviewer_edit, iso_date(now));
  if (!text.ok() && text.error().code == ErrorCode::conflict) {
    STUBKEEPER_TRY(set_state(store.database(), change.id, ChangeState::outdated, 0));
    return Error{ErrorCode::conflict,
                 "change " + std::to_string(change.id) + " is outdated: " + text.error().message, "",
                 "the next refresh that finds the passage new drafts it again; or write it by hand"};
  }
  if (!text.ok()) return text.error();
  STUBKEEPER_ASSIGN(const auto proposal, Proposals{store}.proposal(change.proposal_id));
  const std::string note =
      std::string{approval.reviewer_edit != nullptr ? "approved as edited: change " : "approved: change "} +
      std::to_string(change.id) + ", " + change.kind +
      (change.kind == rechecked_kind ? ": " + change.reason : ", drafted by " + proposal.drafter);
  Revision revision;
  STUBKEEPER_TRY(store.run_in_transaction([&]() -> Status {
    // Before the new text is there: the change itself is not to be brought onto it.
    STUBKEEPER_TRY(set_state(store.database(), change.id, ChangeState::approved, 0));
    STUBKEEPER_ASSIGN(revision, entries.add_revision(entry.id, std::move(text->after), approval.reviewer.kind,
                                                     approval.reviewer.name, now, note, &text->before));
    if (entry.state == EntryState::stub) {
      STUBKEEPER_TRY(entries.set_state(entry.id, EntryState::published));
      STUBKEEPER_TRY(note_new_entry(store, entry, proposal.run_id, now));
    }
    STUBKEEPER_TRY(set_state(store.database(), change.id, ChangeState::approved, revision.id));
    STUBKEEPER_TRY(store.database().run("INSERT INTO approval (revision_id, change_id) VALUES (?, ?)",
                                        {revision.id, change.id}));
    const Verdict verdict = approval.reviewer_edit != nullptr ? Verdict::edit : Verdict::approve;
    return record_decision(
        store.database(), change.id, verdict, approval.reviewer, now, approval.reason,
        {approval.reviewer_edit != nullptr ? approval.reviewer_edit->text : "", text->moved_to});
  }));
  return revision;
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
  return record_decision(store.database(), change_id, Verdict::reject, reviewer, now, reason);
}

Status undo_rejection(Store& store, Id change_id, const Reviewer& reviewer, const std::string& reason,
                      Timestamp now) {
  STUBKEEPER_ASSIGN(const auto change, Proposals{store}.get(change_id));
  STUBKEEPER_TRY(set_state(store.database(), change_id, ChangeState::waiting, 0));
  STUBKEEPER_TRY(restore_proposed_entry(store, change));
  STUBKEEPER_TRY(record_decision(store.database(), change_id, Verdict::undo, reviewer, now, reason));
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto entry, entries.get(change.entry_id));
  STUBKEEPER_ASSIGN(const auto current, entries.document(entry.current_revision_id));
  return rebase_waiting(store, entry.id, current);
}

Result<Revision> Review::approve(Id change_id, const Reviewer& reviewer, const std::string& reason,
                                 const std::string& seen) {
  STUBKEEPER_ASSIGN(const auto change, Proposals{store_}.get(change_id));
  STUBKEEPER_TRY(check_approvable(change, reviewer));
  STUBKEEPER_TRY(check_seen_hash(change, seen));
  return apply_approval(store_, clock_, change, {reviewer, reason, nullptr});
}

Result<std::vector<Status>> Review::approve_all(const std::vector<Id>& changes, const Reviewer& reviewer,
                                                const std::string& reason) {
  constexpr std::size_t changes_per_transaction = 100;
  std::vector<Status> outcomes;
  for (std::size_t begin = 0; begin < changes.size(); begin += changes_per_transaction) {
    const std::size_t end = std::min(begin + changes_per_transaction, changes.size());
    STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
      for (std::size_t i = begin; i < end; ++i) {
        outcomes.push_back(store_.run_in_savepoint([&]() -> Status {
          STUBKEEPER_ASSIGN(const auto change, Proposals{store_}.get(changes[i]));
          STUBKEEPER_TRY(check_approvable(change, reviewer));
          STUBKEEPER_ASSIGN([[maybe_unused]] const auto revision,
                            apply_approval(store_, clock_, change, {reviewer, reason, nullptr}));
          return {};
        }));
        // The store itself fails, and the transaction is rolled back.
        if (!store_.database().in_transaction()) return outcomes.back();
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
  Revision revision;
  STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto change, Proposals{store_}.get(change_id));
    if (change.state != ChangeState::waiting) return not_waiting_error(change);
    STUBKEEPER_TRY(check_seen_hash(change, seen));
    if (flags) STUBKEEPER_TRY(replace_flags(store_.database(), change, *flags, clock_.now()));
    STUBKEEPER_ASSIGN(revision, apply_approval(store_, clock_, change, {reviewer, reason, &reviewer_edit}));
    return {};
  }));
  return revision;
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
    if (change.state == ChangeState::rejected)
      return undo_rejection(store_, change_id, reviewer, reason, clock_.now());
    STUBKEEPER_ASSIGN(const std::string bytes, revert_change(store_, change));
    STUBKEEPER_ASSIGN(
        [[maybe_unused]] const auto revision,
        EntryStore{store_}.add_revision(change.entry_id, bytes, reviewer.kind, reviewer.name, clock_.now(),
                                        "undone: change " + std::to_string(change_id)));
    STUBKEEPER_TRY(set_state(store_.database(), change_id, ChangeState::waiting, 0));
    STUBKEEPER_TRY(restore_flags(store_.database(), change_id, clock_.now()));
    return record_decision(store_.database(), change_id, Verdict::undo, reviewer, clock_.now(), reason);
  });
}

}  // namespace stubkeeper::kb
