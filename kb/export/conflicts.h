#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "entries/merge.h"
#include "kb/records.h"
#include "kb/review/review.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

enum class ConflictState { waiting, decided, outdated };
const char* conflict_state_name(ConflictState state);

// What a person does about a conflict.
enum class ConflictResolution {
  disk,   // the file as it is on disk: where both changed a place, its text stands; a deleted file stays
          // deleted
  store,  // the store's text at those places; a deleted file is written again
  edit,   // a text of the person's own
};
const char* conflict_resolution_name(ConflictResolution resolution);
std::optional<ConflictResolution> conflict_resolution_from_name(std::string_view name);

// A hand edit that the store cannot follow by itself. Hashes name bodies.
struct Conflict {
  Id id = 0;
  Id entry_id = 0;
  std::string folder;  // the export folder, absolute
  std::string file;
  std::string base_sha256;  // the store's text at the last export; "" where no export made the file
  std::string store_sha256;
  std::string theirs_sha256;  // the file as a text of the store; "" where it was deleted
  std::string disk_sha256;    // the file's own bytes; they differ where the site's profile renders pages
  Timestamp found_at;
  ConflictState state = ConflictState::waiting;
  std::string verdict;
  std::string decided_by;
  // What the person wrote is on disk no more: a decision was undone when the file had other bytes already.
  // Exports leave the file alone while the conflict waits.
  bool only_in_store = false;

  bool is_deletion() const { return disk_sha256.empty(); }
};

// The three texts as texts of the store, and the places that both sides changed.
struct ConflictTexts {
  std::string base;
  std::string store;
  std::string theirs;
  std::vector<entries::MergeConflict> places;  // none for a deletion or a file that no export made
};

// "c1": what a conflict is called, where changes have bare numbers.
std::string conflict_name(Id conflict_id);

// Conflicts that exports found and people decide. Borrows the store.
class Conflicts {
 public:
  explicit Conflicts(Store& store) : store_(store) {}

  // What an export found in a folder: what is new is kept, with its disk text; what waits and was not found
  // again is outdated (the person has settled it on disk), but for what is in the store alone: that waits on,
  // against the entry's text as it is now, as long as the entry is published. One transaction.
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

  // Decides a waiting conflict: the text that comes of it is the entry's new revision by that person (or the
  // entry is removed, where a deletion is kept), and the next export writes the file. `text` is for
  // Keep::edit. conflict where it does not wait, or where the entry has got another revision since.
  Status decide(Id id, ConflictResolution resolution, const std::string& text, const Reviewer& reviewer, Timestamp now);

  // Takes the last decision back: what it brought is taken out of the entry by a new revision, which keeps
  // what came later at other places, or a removed entry is published again; the conflict waits as before,
  // against that text. Nothing is written to disk, and what stands there by now is not overwritten by an
  // export before the next decision. One transaction. conflict where there is no decision, or where
  // something later stands on it: a change of the same places, another conflict of the file, or a deleted
  // file that was written again; the message says what.
  Status undo(FileSystem& files, Id id, const Reviewer& reviewer, const std::string& reason, Timestamp now);

  // What was decided about a conflict, oldest first; the verdict of what was taken back is followed by
  // "undo". Those of a version that did not keep them are not among them.
  struct ConflictDecision {
    std::string verdict;
    std::string decided_by;
    Timestamp decided_at;
    std::string reason;
  };
  Result<std::vector<ConflictDecision>> decisions(Id id);

  // A file that moved takes its conflicts along.
  Status follow_move(const std::string& folder, Id entry_id, const std::string& from, const std::string& to);

 private:
  // The text that a decision brings; `text` is that of Keep::edit.
  Result<std::string> resolved_text(const Conflict& conflict, ConflictResolution resolution, const std::string& text);

  Store& store_;
};

}  // namespace stubkeeper::kb
