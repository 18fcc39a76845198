#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "entries/merge.h"
#include "kb/review/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

enum class ConflictState { waiting, decided, outdated };
const char* conflict_state_name(ConflictState state);

// A person's decision on a conflict.
enum class ConflictResolution {
  disk,   // the file's text at places that both changed; a deleted file stays deleted
  store,  // the store's text at those places; a deleted file is written again
  edit,   // a text of the person's own
};
const char* conflict_resolution_name(ConflictResolution resolution);
std::optional<ConflictResolution> conflict_resolution_from_name(std::string_view name);

// A hand edit of a file that cannot be merged with the store. Hashes are those of bodies.
struct Conflict {
  Id id = 0;
  Id entry_id = 0;
  std::string folder;  // the export folder, absolute
  std::string file;
  std::string base_sha256;  // the store's text at the last export; "" where no export wrote the file
  std::string store_sha256;
  std::string theirs_sha256;  // the file as a text of the store; "" where it was deleted
  std::string disk_sha256;    // the file's own bytes; they differ where the site's profile renders pages
  Timestamp found_at;
  ConflictState state = ConflictState::waiting;
  std::string verdict;
  std::string decided_by;
  // The person's text is in the store alone: a decision was undone when the file had other bytes
  // already. Exports do not touch the file while the conflict waits.
  bool only_in_store = false;

  bool is_deletion() const { return disk_sha256.empty(); }
};

// The three texts, in the store's form, and the places that both sides changed.
struct ConflictTexts {
  std::string base;
  std::string store;
  std::string theirs;
  std::vector<entries::MergeConflict> places;  // none for a deletion or a file that no export wrote
};

// "c1": the name of a conflict for people; changes have bare numbers.
std::string conflict_name(Id conflict_id);

// Conflicts found by exports and decided by people. Borrows the store.
class Conflicts {
 public:
  explicit Conflicts(Store& store) : store_(store) {}

  // Stores the conflicts that an export found in a folder. A waiting one that was not found again
  // becomes outdated (the person has settled it on disk); one that is in the store alone waits on,
  // against the entry's present text, while the entry is published. One transaction.
  struct FoundConflict {
    Id entry_id = 0;
    std::string file;
    std::string base_sha256;
    std::string store_sha256;
    std::optional<std::string> theirs;  // nothing where the file was deleted
    std::string disk;                   // the file's bytes
  };
  Status record(const std::string& folder, const std::vector<FoundConflict>& found, Timestamp now);

  Result<Conflict> get(Id id);
  Result<std::vector<Conflict>> waiting();
  Result<ConflictTexts> texts(const Conflict& conflict);

  // Decides a waiting conflict: the resulting text becomes a revision by that person, or the entry
  // is removed where a deletion is kept; the next export writes the file. `text` is for
  // ConflictResolution::edit. conflict where it does not wait, or where the entry has another
  // revision by now.
  Status decide(Id id, ConflictResolution resolution, const std::string& text, const Reviewer& reviewer,
                Timestamp now);

  // Undoes the last decision: a new revision takes it out of the entry and keeps later changes of
  // other places, or a removed entry is published again; the conflict waits again, against that
  // text. Writes nothing to disk, and no export overwrites the file before the next decision.
  // conflict, with the reason, where there is no decision, or where it was built on: by a change of
  // the same places, another conflict of the file, or a deleted file that was written again. One
  // transaction.
  Status undo(FileSystem& files, Id id, const Reviewer& reviewer, const std::string& reason, Timestamp now);

  // The decisions on a conflict, oldest first; an undone one is followed by "undo". Older versions
  // did not keep them.
  struct ConflictDecision {
    std::string verdict;
    std::string decided_by;
    Timestamp decided_at;
    std::string reason;
  };
  Result<std::vector<ConflictDecision>> decisions(Id id);

  // Moves the conflicts of a file that was moved.
  Status follow_move(const std::string& folder, Id entry_id, const std::string& from, const std::string& to);

 private:
  Result<std::string> resolved_text(const Conflict& conflict, ConflictResolution resolution,
                                    const std::string& text);

  Store& store_;
};

}  // namespace stubkeeper::kb
