#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/file_system.h"
#include "entries/merge.h"
#include "kb/export/page_renderer.h"
#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

enum class ExportAction {
  unchanged,  // the file has the store's bytes
  create,     // no file is there
  update,     // the file is as the last export left it, and the store is newer
  import_edit,    // the file was edited by hand, and the store has nothing newer: becomes a person's revision
  merge,      // edited by hand, and the store is newer too, in other places: both come together
  remove,     // of evidence alone: what an export made and nothing stands behind any more
  move,       // the file stands elsewhere now, and the entry follows
  conflict,   // the same place was edited by hand and in the store, or no export made the file: left alone
  deleted_on_disk,  // exported before and gone from disk: left alone
  failed,           // could not be read or written
};
const char* export_action_name(ExportAction action);

struct ExportItem {
  Id entry_id = 0;
  std::string file;  // below the export folder
  ExportAction action = ExportAction::unchanged;
  std::string detail;  // for move, conflict, deleted_on_disk, failed: what was found and what to do
  std::vector<entries::MergeConflict> conflicts;  // of a conflict, each with all three texts
  std::string old_bytes;  // for update and merge as on disk, for import_edit as in the store
  std::string new_bytes;
};

struct ExportReport {
  std::vector<ExportItem> items;  // all but unchanged ones, by file
  int unchanged = 0;
  std::vector<std::string> unknown_files;  // Markdown files in the folder that no entry knows
  std::string moved_from;                  // where the folder was, as far as exports know; "" for here
  int count(ExportAction action) const;
  // Whether something needs a person: exit code 3.
  bool needs_attention() const;
};

struct ExportOptions {
  std::string folder;
  std::string author;  // whose edits on disk are
  Timestamp now;
  bool dry_run = false;                      // plans only, writes nothing anywhere
  const PageRenderer* renderer = nullptr;  // nullptr: the store's text is the site's
};

// Writes the current revision of every published entry below a folder, and only where bytes change;
// DESIGN.md, invariants 1 and 5. Stubs are not written. A file on disk is never overwritten unless its bytes
// are those that the last export to this folder (or import from it) left there, or, where there was none, one
// to another folder; or its edits were merged block by block with what the store has (entries::merge_pages;
// base is the last export) and became a person's revision; or a person decided about them (kb/export/conflicts.h). A
// folder that was moved is followed first (kb/export/moved_folder.h), and then files that were
// (kb/export/moved_files.h), but where a rendering names files. Files are written in groups,
// each atomically, and then noted in the manifest in one transaction; a crash in between is seen by the next
// run, which finds the file already equal to the store. Symbolic links on the way to a file are not followed:
// failed. Where two entries' files have one name but for its case, the second fails: on some disks it would
// overwrite the first.
Result<ExportReport> export_section(Store& store, FileSystem& files, const ExportOptions& options);

}  // namespace stubkeeper::kb
