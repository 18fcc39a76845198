#include "kb/export/conflicts.h"

#include <algorithm>

#include "base/sha256.h"
#include "kb/entries/entry_store.h"
#include "kb/export/manifest.h"
#include "kb/store/bodies.h"
#include "kb/store/database.h"
#include "kb/store/enum_names.h"

namespace stubkeeper::kb {
namespace {

constexpr EnumNames<3> state_names{"waiting", "decided", "outdated"};
constexpr EnumNames<3> resolution_names{"disk", "store", "edit"};

#define CONFLICT_COLUMNS                                                                                 \
  "id, entry_id, folder, file, base_sha256, store_sha256, theirs_sha256, disk_sha256, found_at, state, " \
  "verdict, decided_by, only_in_store "

Conflict conflict_of(const Row& row) {
  Conflict conflict;
  std::string state;
  row.read(conflict.id, conflict.entry_id, conflict.folder, conflict.file, conflict.base_sha256,
           conflict.store_sha256, conflict.theirs_sha256, conflict.disk_sha256, conflict.found_at, state,
           conflict.verdict, conflict.decided_by, conflict.only_in_store);
  conflict.state = enum_from_name<ConflictState>(state_names, state).value_or(ConflictState::outdated);
  return conflict;
}

bool is_same(const Conflict& known, const Conflicts::FoundConflict& found, const std::string& disk_sha256) {
  return known.file == found.file && known.base_sha256 == found.base_sha256 &&
         known.store_sha256 == found.store_sha256 && known.disk_sha256 == disk_sha256;
}

std::string decision_note(const Conflict& conflict, ConflictResolution resolution) {
  const std::string id = "conflict " + conflict_name(conflict.id);
  switch (resolution) {
    case ConflictResolution::disk:
      return id + ": kept what was edited on disk";
    case ConflictResolution::store:
      return id + ": kept the store's text";
    case ConflictResolution::edit:
      return id + ": settled by hand";
  }
  return id;
}

// Renews a conflict that waits in the store alone, where the entry's text has changed: as another
// conflict, since people decide on what they saw.
Status refresh_waiting_conflict(Store& store, const Conflict& conflict, Timestamp now) {
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto entry, entries.get(conflict.entry_id));
  STUBKEEPER_ASSIGN(const auto current, entries.revision(entry.current_revision_id));
  const bool published = entry.state == EntryState::published;
  if (published && current.body_sha256 == conflict.store_sha256) return {};
  if (published) {
    STUBKEEPER_TRY(store.database().run(
        "INSERT INTO conflict (entry_id, folder, file, base_sha256, store_sha256, theirs_sha256, "
        "disk_sha256, found_at, state, only_in_store) SELECT entry_id, folder, file, base_sha256, ?, "
        "theirs_sha256, disk_sha256, ?, 'waiting', 1 FROM conflict WHERE id = ?",
        {std::string_view{current.body_sha256}, to_value(now), conflict.id}));
  }
  return store.database().run("UPDATE conflict SET state = 'outdated' WHERE id = ?", {conflict.id});
}

// Stores a decision with the manifest entry that undoing it needs.
Status note_decision(Database& database, const Conflict& conflict, ConflictResolution resolution,
                     const Reviewer& reviewer, Timestamp now, Id revision_id,
                     const std::optional<ManifestEntry>& last_export) {
  return database.run(
      "INSERT INTO conflict_decision (conflict_id, verdict, decided_by, decided_at, revision_id, "
      "left_revision_id, left_sha256) VALUES (?, ?, ?, ?, ?, ?, ?)",
      {conflict.id, std::string_view{conflict_resolution_name(resolution)}, reviewer.name, to_value(now),
       id_or_null(revision_id), id_or_null(last_export ? last_export->revision_id : 0),
       last_export ? text_or_null(last_export->sha256) : Value{nullptr}});
}

}  // namespace

std::string conflict_name(Id conflict_id) {
  return "c" + std::to_string(conflict_id);
}

const char* conflict_state_name(ConflictState state) {
  return enum_name(state_names, state);
}

const char* conflict_resolution_name(ConflictResolution resolution) {
  return enum_name(resolution_names, resolution);
}

std::optional<ConflictResolution> conflict_resolution_from_name(std::string_view name) {
  return enum_from_name<ConflictResolution>(resolution_names, name);
}

Status Conflicts::record(const std::string& folder, const std::vector<FoundConflict>& found, Timestamp now) {
  const std::string key = Manifest::folder_key(folder);
  return store_.run_in_transaction([&]() -> Status {
    Database& database = store_.database();
    STUBKEEPER_ASSIGN(const auto known,
                      database.query("SELECT " CONFLICT_COLUMNS
                                     "FROM conflict WHERE folder = ? AND state = 'waiting' ORDER BY id",
                                     {key}, conflict_of));
    std::vector<bool> found_again(known.size(), false);
    for (const FoundConflict& each : found) {
      const std::string disk_sha256 = each.theirs ? sha256_hex(each.disk) : "";
      const auto same = std::find_if(known.begin(), known.end(), [&](const Conflict& conflict) {
        return is_same(conflict, each, disk_sha256);
      });
      if (same != known.end()) {
        found_again[static_cast<std::size_t>(same - known.begin())] = true;
        continue;
      }
      std::string theirs_sha256;
      if (each.theirs) {
        STUBKEEPER_ASSIGN(theirs_sha256, Bodies{store_}.put(*each.theirs));
        STUBKEEPER_ASSIGN([[maybe_unused]] const auto stored, Bodies{store_}.put(each.disk));
      }
      STUBKEEPER_TRY(database.run(
          "INSERT INTO conflict (entry_id, folder, file, base_sha256, store_sha256, theirs_sha256, "
          "disk_sha256, found_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting')",
          {each.entry_id, key, each.file, text_or_null(each.base_sha256), each.store_sha256,
           text_or_null(theirs_sha256), text_or_null(disk_sha256), to_value(now)}));
    }
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (found_again[i]) continue;
      if (known[i].only_in_store) {
        STUBKEEPER_TRY(refresh_waiting_conflict(store_, known[i], now));
        continue;
      }
      STUBKEEPER_TRY(database.run("UPDATE conflict SET state = 'outdated' WHERE id = ?", {known[i].id}));
    }
    return {};
  });
}

Result<Conflict> Conflicts::get(Id id) {
  return store_.database().query_existing("SELECT " CONFLICT_COLUMNS "FROM conflict WHERE id = ?", {id},
                                          conflict_of, "there is no conflict " + conflict_name(id),
                                          "`stubkeeper review list` shows those that wait");
}

Result<std::vector<Conflict>> Conflicts::waiting() {
  return store_.database().query(
      "SELECT " CONFLICT_COLUMNS "FROM conflict WHERE state = 'waiting' ORDER BY file, id", {}, conflict_of);
}

Result<ConflictTexts> Conflicts::texts(const Conflict& conflict) {
  Bodies bodies{store_};
  ConflictTexts texts;
  if (!conflict.base_sha256.empty()) {
    STUBKEEPER_ASSIGN(texts.base, bodies.get(conflict.base_sha256));
  }
  STUBKEEPER_ASSIGN(texts.store, bodies.get(conflict.store_sha256));
  if (!conflict.is_deletion()) {
    STUBKEEPER_ASSIGN(texts.theirs, bodies.get(conflict.theirs_sha256));
  }
  if (!conflict.base_sha256.empty() && !conflict.is_deletion())
    texts.places = entries::merge_pages(texts.base, texts.store, texts.theirs).conflicts;
  return texts;
}

Result<std::string> Conflicts::resolved_text(const Conflict& conflict, ConflictResolution resolution,
                                             const std::string& text) {
  if (resolution == ConflictResolution::edit) return text;
  STUBKEEPER_ASSIGN(const auto three, texts(conflict));
  // Without a base there are no places.
  const bool whole = conflict.is_deletion() || conflict.base_sha256.empty();
  if (resolution == ConflictResolution::store) {
    return whole ? three.store
                 : entries::merge_pages(three.base, three.store, three.theirs, entries::MergePreference::ours)
                       .bytes;
  }
  return whole ? three.theirs
               : entries::merge_pages(three.base, three.store, three.theirs, entries::MergePreference::theirs)
                     .bytes;
}

Status Conflicts::decide(Id id, ConflictResolution resolution, const std::string& text,
                         const Reviewer& reviewer, Timestamp now) {
  return store_.run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto conflict, get(id));
    const std::string name = "conflict " + conflict_name(id);
    if (conflict.state != ConflictState::waiting) {
      return Error{ErrorCode::conflict, name + " is " + conflict_state_name(conflict.state) + " already",
                   conflict.file, "`stubkeeper review list` shows those that wait"};
    }
    EntryStore entries{store_};
    STUBKEEPER_ASSIGN(const auto entry, entries.get(conflict.entry_id));
    STUBKEEPER_ASSIGN(const auto current, entries.revision(entry.current_revision_id));
    if (current.body_sha256 != conflict.store_sha256) {
      return Error{ErrorCode::conflict, "the entry has changed since " + name + " was found", conflict.file,
                   "`stubkeeper export` looks at the file again"};
    }
    Manifest manifest{store_, conflict.folder};
    STUBKEEPER_ASSIGN(const auto last_export, manifest.find(conflict.file));
    Id revision_id = 0;
    if (conflict.is_deletion() && resolution == ConflictResolution::disk) {
      STUBKEEPER_TRY(entries.set_state(entry.id, EntryState::removed));
    } else {
      STUBKEEPER_ASSIGN(const std::string decided, resolved_text(conflict, resolution, text));
      STUBKEEPER_ASSIGN(const auto revision,
                        entries.add_revision(entry.id, decided, reviewer.kind, reviewer.name, now,
                                             decision_note(conflict, resolution)));
      revision_id = revision.id;
    }
    if (conflict.is_deletion()) {
      STUBKEEPER_TRY(manifest.forget(conflict.file));
    } else if (!conflict.only_in_store) {
      // These bytes were decided on: the next export replaces them and no others.
      STUBKEEPER_TRY(
          manifest.put(conflict.file, {entry.id, entry.current_revision_id, conflict.disk_sha256}, now));
    }
    STUBKEEPER_TRY(
        note_decision(store_.database(), conflict, resolution, reviewer, now, revision_id, last_export));
    return store_.database().run(
        "UPDATE conflict SET state = 'decided', verdict = ?, decided_by = ?, decided_at = ? WHERE id = ?",
        {std::string_view{conflict_resolution_name(resolution)}, reviewer.name, to_value(now), id});
  });
}

}  // namespace stubkeeper::kb
