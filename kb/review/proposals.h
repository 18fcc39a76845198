#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "entries/edit.h"
#include "kb/records.h"
#include "kb/review/change_filter.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// A passage that waits for a draft, and the entry it concerns.
struct Routing {
  Id passage_id = 0;
  Id entry_id = 0;
  bool names_subject = false;  // else the entry cites the source
  bool has_fallback_draft = false;   // another drafter drafted it in place of the model that it waits for
};

// The way from new passages to waiting changes. Borrows the store.
class Proposals {
 public:
  explicit Proposals(Store& store) : store_(store) {}

  // Notes that a new passage concerns an entry; once is enough, a second time changes nothing.
  Status route(Id run_id, const Routing& routing);
  // Entries with passages that wait for a draft, by path.
  Result<std::vector<Id>> entries_waiting_for_draft();
  // Those of them that are not with a batch of a model's calls (kb/runs/model_batches.h).
  Result<std::vector<Routing>> waiting_for_draft(Id entry_id);
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
  };
  // In one transaction: marks the entry's routed passages as drafted in this run and stores the changes that
  // nobody turned down (kb/review/rejection_memory.h; none: no proposal is made, 0 is given). A waiting change of an
  // earlier proposal with the same target block, or the same new text, becomes superseded by the new one. A
  // citation whose quote is not the snapshot's bytes in its range is refused as corrupt, and nothing is
  // stored. With `drafted` passages, waiting changes that a stand-in proposed for the entry become superseded
  // too.
  Result<Id> propose(Id run_id, Id entry_id, Id base_revision_id, const std::string& drafter, Timestamp now,
                     const std::vector<Routing>& drafted, const std::vector<NewChange>& changes);
  // The same by a drafter that stands in for a model: the passages keep waiting for it.
  Result<Id> propose_fallback(Id run_id, Id entry_id, Id base_revision_id,
                                       const std::string& drafter, Timestamp now,
                                       const std::vector<Routing>& drafted,
                                       const std::vector<NewChange>& changes);

  // What passages of a snapshot were routed to, as pairs of a passage's likeness and an entry.
  Result<std::set<std::pair<std::string, Id>>> routed_from(Id snapshot_id);

  using Filter = ChangeFilter;
  // Changes with citations and flags, by entry path, then proposal, then ordinal.
  Result<std::vector<Change>> list(const Filter& filter);
  Result<Change> get(Id change_id);
  // Changes that nobody decided and that a change took the place of.
  Result<std::vector<Id>> superseded_by(Id change_id);
  // What became of a change that nobody decided: the one that took its place, or why it is outdated.
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
                           Timestamp now, const std::vector<NewChange>& changes, bool is_fallback);
  Store& store_;
};

}  // namespace stubkeeper::kb
