#include "base/sha256.h"
#include "entries/document.h"
#include "entries/merge.h"
#include "kb/entries/entry_store.h"
#include "kb/export/conflicts.h"
#include "kb/export/manifest.h"
#include "kb/store/bodies.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

struct LastDecision {
  std::string verdict;
  Id revision_id = 0;
};

class ConflictUndo {
 public:
  ConflictUndo(Store& store, FileSystem& files, const Conflict& conflict, const Entry& entry,
               const Reviewer& reviewer, Timestamp now)
      : store_(store),
        files_(files),
        conflict_(conflict),
        entry_(entry),
        reviewer_(reviewer),
        now_(now),
        manifest_(store, conflict.folder) {}

  Status run(const std::string& reason) {
    if (conflict_.state != ConflictState::decided) {
      return Error{ErrorCode::conflict,
                   "conflict " + conflict_name(conflict_.id) + " is " + conflict_state_name(conflict_.state) +
                       ": there is no decision to undo",
                   conflict_.file, ""};
    }
    STUBKEEPER_ASSIGN(const LastDecision decided, last_decision());
    STUBKEEPER_TRY(check_no_later_conflict());
    STUBKEEPER_TRY(conflict_.is_deletion() ? undo_deletion(decided) : undo_text(decided));
    Database& database = store_.database();
    STUBKEEPER_TRY(database.run(
        "UPDATE conflict SET state = 'waiting', verdict = '', decided_by = '', decided_at = NULL, "
        "store_sha256 = ?, only_in_store = ? WHERE id = ?",
        {std::string_view{store_sha256_}, only_in_store_ ? 1 : 0, conflict_.id}));
    return database.run(
        "INSERT INTO conflict_decision (conflict_id, verdict, decided_by, decided_at, reason) VALUES (?, "
        "'undo', ?, ?, ?)",
        {conflict_.id, reviewer_.name, to_value(now_), reason});
  }

 private:
  Error cannot_undo(const std::string& what, const std::string& advice) const {
    return Error{ErrorCode::conflict,
                 "conflict " + conflict_name(conflict_.id) + " cannot be undone: " + what, conflict_.file,
                 advice};
  }

  std::string revert_advice() const {
    return "`stubkeeper history " + entry_.path + "` and `stubkeeper revert` put an older text back";
  }

  Result<LastDecision> last_decision() {
    STUBKEEPER_ASSIGN(auto found,
                      store_.database().query_one("SELECT verdict, revision_id FROM conflict_decision WHERE "
                                                  "conflict_id = ? ORDER BY id DESC LIMIT 1",
                                                  {conflict_.id}, [](const Row& row) {
                                                    return LastDecision{row.text(0), row.integer(1)};
                                                  }));
    if (found) return *std::move(found);
    return cannot_undo("an older version of stubkeeper settled it and did not keep what was there before",
                       revert_advice());
  }

  // Two conflicts of one file that wait together could not both be decided.
  Status check_no_later_conflict() {
    STUBKEEPER_ASSIGN(const Id later, store_.database().query_number(
                                          "SELECT max(id) FROM conflict WHERE entry_id = ? AND folder = ? "
                                          "AND id > ? AND state <> 'outdated'",
                                          {conflict_.entry_id, conflict_.folder, conflict_.id}));
    if (later == 0) return {};
    return cannot_undo(conflict_name(later) + ", another conflict of the file, was found after it",
                       "settle " + conflict_name(later) + " as the page shall be; " + revert_advice());
  }

  Status undo_text(const LastDecision& decided) {
    STUBKEEPER_TRY(restore_store_text(decided));
    // An export or the person may have written the file since.
    const auto disk = files_.read(conflict_.folder + "/" + conflict_.file, entries::max_page_bytes);
    const std::string disk_sha256 = disk.ok() ? sha256_hex(*disk) : "";
    only_in_store_ = disk_sha256 != conflict_.disk_sha256;
    if (!only_in_store_) return restore_manifest();
    // An export died before it could note the file: that is no hand edit.
    STUBKEEPER_ASSIGN(const auto settled, EntryStore{store_}.revision(decided.revision_id));
    if (disk_sha256 != settled.body_sha256) return {};
    return manifest_.put(conflict_.file, {entry_.id, settled.id, disk_sha256}, now_);
  }

  Status undo_deletion(const LastDecision& decided) {
    if (decided.verdict != conflict_resolution_name(ConflictResolution::disk)) {
      STUBKEEPER_ASSIGN(const auto there, files_.info(conflict_.folder + "/" + conflict_.file));
      if (there) {
        return cannot_undo("the file was written again since",
                           "delete it once more, and the next export asks again");
      }
      STUBKEEPER_TRY(restore_store_text(decided));
      return restore_manifest();
    }
    if (entry_.state != EntryState::removed) {
      return cannot_undo("the entry stands again, as its file was taken in since",
                         "delete the file once more, and the next export asks again");
    }
    STUBKEEPER_ASSIGN(const auto current, EntryStore{store_}.revision(entry_.current_revision_id));
    store_sha256_ = current.body_sha256;
    STUBKEEPER_TRY(EntryStore{store_}.set_state(entry_.id, EntryState::published));
    return restore_manifest();
  }

  // Adds a revision of the entry without the text of the decision.
  Status restore_store_text(const LastDecision& decided) {
    EntryStore entries{store_};
    Bodies bodies{store_};
    STUBKEEPER_ASSIGN(const auto revision, entries.revision(decided.revision_id));
    STUBKEEPER_ASSIGN(const std::string settled, entries.bytes(revision));
    STUBKEEPER_ASSIGN(const std::string current, entries.current_bytes(entry_));
    STUBKEEPER_ASSIGN(const std::string before, bodies.get(conflict_.store_sha256));
    const entries::MergeResult without = entries::merge_pages(settled, current, before);
    if (!without.clean() || entry_.state != EntryState::published) return later_revision_error();
    STUBKEEPER_ASSIGN(const auto undone,
                      entries.add_revision(entry_.id, without.bytes, reviewer_.kind, reviewer_.name, now_,
                                           "undone: conflict " + conflict_name(conflict_.id)));
    store_sha256_ = undone.body_sha256;
    return {};
  }

  Status later_revision_error() {
    if (entry_.state != EntryState::published) {
      return cannot_undo("the entry is " + std::string{entry_state_name(entry_.state)} + " by now",
                         revert_advice());
    }
    STUBKEEPER_ASSIGN(const auto last, EntryStore{store_}.revision(entry_.current_revision_id));
    STUBKEEPER_ASSIGN(const Id change, store_.database().query_number(
                                           "SELECT id FROM change WHERE applied_revision_id = ?", {last.id}));
    const std::string number = std::to_string(last.number);
    return cannot_undo(
        "revision " + number + " by " + last.author + " (" + last.note + ") stands on what it decided",
        change == 0 ? revert_advice()
                    : "undo that first: `stubkeeper review undo " + std::to_string(change) + "`");
  }

  // Restores the manifest of before the first decision, so that the next export finds the conflict
  // again.
  Status restore_manifest() {
    STUBKEEPER_ASSIGN(
        const auto last_export,
        store_.database().query_one(
            "SELECT left_revision_id, left_sha256 FROM conflict_decision WHERE conflict_id = ? ORDER BY id "
            "LIMIT 1",
            {conflict_.id}, [&](const Row& row) {
              return ManifestEntry{entry_.id, row.integer(0), row.text(1)};
            }));
    return last_export && last_export->revision_id != 0 ? manifest_.put(conflict_.file, *last_export, now_)
                                                        : manifest_.forget(conflict_.file);
  }

  Store& store_;
  FileSystem& files_;
  const Conflict& conflict_;
  const Entry& entry_;
  const Reviewer& reviewer_;
  Timestamp now_;
  Manifest manifest_;
  std::string store_sha256_;
  bool only_in_store_ = false;
};

}  // namespace

Status Conflicts::undo(FileSystem& files, Id id, const Reviewer& reviewer, const std::string& reason,
                       Timestamp now) {
  return store_.run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto conflict, get(id));
    STUBKEEPER_ASSIGN(const auto entry, EntryStore{store_}.get(conflict.entry_id));
    return ConflictUndo{store_, files, conflict, entry, reviewer, now}.run(reason);
  });
}

Result<std::vector<Conflicts::ConflictDecision>> Conflicts::decisions(Id id) {
  return store_.database().query(
      "SELECT verdict, decided_by, decided_at, reason FROM conflict_decision WHERE conflict_id = ? ORDER BY "
      "id",
      {id}, [](const Row& row) {
        return ConflictDecision{row.text(0), row.text(1), row.time(2), row.text(3)};
      });
}

Status Conflicts::follow_move(const std::string& folder, Id entry_id, const std::string& from,
                              const std::string& to) {
  return store_.database().run("UPDATE conflict SET file = ? WHERE folder = ? AND entry_id = ? AND file = ?",
                               {to, Manifest::folder_key(folder), entry_id, from});
}

}  // namespace stubkeeper::kb
