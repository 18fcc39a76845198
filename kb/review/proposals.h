#pragma once

#include <set>
#include <string>
#include <vector>

#include "entries/edit.h"
#include "kb/review/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Passages routed to entries, and the changes drafted from them. Borrows the store.
class Proposals {
 public:
  explicit Proposals(Store& store) : store_(store) {}

  // Notes that a new passage concerns an entry; a second time changes nothing.
  Status route(Id run_id, const Routing& routing);
  // Entries with passages that wait for a draft, by path.
  Result<std::vector<Id>> entries_waiting_for_draft();
  // Without those in a batch of model calls (kb/runs/model_batches.h).
  Result<std::vector<Routing>> waiting_for_draft(Id entry_id);
  // The passages that a run drafted for an entry, by passage.
  Result<std::vector<Routing>> drafted_in(Id run_id, Id entry_id);
  // Takes what others drafted in a model's place as drafted for good: there is no model any more that it
  // could wait for.
  Status accept_fallback_drafts();

  struct NewChange {
    std::string kind;
    entries::Edit edit;
    std::string place;
    std::string old_text;
    std::string new_text;
    std::string reason;
    std::vector<Citation> citations;
    std::vector<Flag> flags;  // name and detail
    Id first_look_source_id = 0;
  };
  // Marks the entry's routed passages as drafted in this run (and no longer as kept), stores the changes that were not
  // turned down (kb/review/rejection_memory.h) and gives the proposal; 0 where there are none. A
  // waiting change of an earlier proposal with the same target block or the same new text becomes
  // superseded; with `drafted` passages, fallback drafts of the entry too. corrupt where a quote is
  // not the snapshot's bytes in its range. One transaction.
  Result<Id> propose(Id run_id, Id entry_id, Id base_revision_id, const std::string& drafter, Timestamp now,
                     const std::vector<Routing>& drafted, const std::vector<NewChange>& changes);
  // The same by a drafter in place of a model: the passages keep waiting for the model.
  Result<Id> propose_fallback(Id run_id, Id entry_id, Id base_revision_id, const std::string& drafter,
                              Timestamp now, const std::vector<Routing>& drafted,
                              const std::vector<NewChange>& changes);

  // The routings of a snapshot's passages: normalized hash and entry.
  Result<std::set<std::pair<std::string, Id>>> routed_from(Id snapshot_id);

  using Filter = ChangeFilter;
  // Changes with citations and flags, by entry path, then proposal, then ordinal.
  Result<std::vector<Change>> list(const Filter& filter);
  Result<Change> get(Id change_id);
  // Undecided changes that a change replaced.
  Result<std::vector<Id>> superseded_by(Id change_id);
  // Of an undecided change: the one that replaced it, or why it is outdated.
  struct Fate {
    Id superseded_by = 0;
    std::string outdated_reason;
  };
  Result<Fate> fate(Id change_id);
  Result<Proposal> proposal(Id proposal_id);
  Result<std::vector<Decision>> decisions(Id change_id);
  // Texts turned down for an entry, newest first, with the reasons.
  Result<std::vector<std::pair<std::string, std::string>>> rejections(Id entry_id);

 private:
  Result<Id> store_changes(Id run_id, Id entry_id, Id base_revision_id, const std::string& drafter,
                           Timestamp now, const std::vector<Routing>& drafted,
                           const std::vector<NewChange>& changes, bool is_fallback);
  Store& store_;
};

}  // namespace stubkeeper::kb
