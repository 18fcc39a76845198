#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/file_system.h"
#include "entries/merge.h"
#include "kb/export/page_renderer.h"
#include "kb/store/id.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

enum class ExportAction {
  unchanged,        // the file has the store's bytes
  create,           // there is no file
  update,           // the file is as the last export left it, and the store is newer
  import_edit,      // edited by hand, and the store has nothing newer: becomes a person's revision
  merge,            // edited by hand, and the store is newer in other places: both are merged
  remove,           // an evidence file of an entry without evidence
  move,             // the file was moved on disk, and the entry follows
  conflict,         // the same place was edited by hand and in the store, or no export wrote the file
  deleted_on_disk,  // exported before, and gone from disk
  failed,           // could not be read or written
  older_text,       // as it was before changes that were approved since: put back by git, or a copy
};
const char* export_action_name(ExportAction action);

struct ExportItem {
  Id entry_id = 0;
  std::string file;  // below the export folder
  ExportAction action = ExportAction::unchanged;
  // The finding, and advice; of import_edit and merge what they take out, or "".
  std::string detail;
  // What is wrong with the front matter that an import_edit or merge takes in, that a conflict finds on disk,
  // or that an update writes, with its line; or "".
  std::string broken;
  std::vector<entries::MergeConflict> conflicts;  // of a conflict, each with all three texts
  std::string old_bytes;  // of update and merge those on disk, of import_edit the store's
  std::string new_bytes;
  // Approved changes that are not in a person's text: taken out by import_edit and merge, missing in
  // older_text.
  int approved_changes_out = 0;
};

struct ExportReport {
  std::vector<ExportItem> items;  // all but unchanged ones, by file
  int unchanged = 0;
  std::vector<std::string> unknown_files;  // pages of no entry
  std::string moved_from;                  // the old path of a moved folder; ""
  int count(ExportAction action) const;
  // Whether something needs a person: exit code 3.
  bool needs_attention() const;
};

// What becomes of a file that is as it was before changes that were approved since.
enum class OlderTextDecision {
  ask,      // file and store stay as they are: ExportAction::older_text
  restore,  // the file gets the approved text again
  accept,   // the older text is a person's edit
};

struct ExportOptions {
  std::string folder;
  std::string author;  // of the edits on disk
  Timestamp now;
  bool dry_run = false;                    // plan only, write nothing anywhere
  const PageRenderer* renderer = nullptr;  // nullptr: the store's text is the site's
  OlderTextDecision older_texts = OlderTextDecision::ask;
};

// Writes the current revision of every published entry below a folder, only where bytes change
// (invariants 1 and 5, docs/architecture.md). A file is overwritten only where its bytes are those
// of the last export to this folder (or import from it), or, without one, of an export to another
// folder; or where its edits were merged with the store (entries::merge_pages, base: the last
// export, or in a folder without one the entry's most similar revision) and stored as a person's
// revision; or where a person decided (kb/export/conflicts.h, OlderTextDecision). A
// moved folder is followed first (kb/export/moved_folder.h), then moved files
// (kb/export/moved_files.h), except where a rendering renames files. Files are written in groups,
// each atomically, and then noted in the manifest in one transaction; the next run after a crash in
// between finds the files equal to the store. Files below symbolic links fail, and so does the
// second of two whose names differ only in case: on some disks it would overwrite the first.
Result<ExportReport> export_section(Store& store, FileSystem& files, const ExportOptions& options);

}  // namespace stubkeeper::kb
