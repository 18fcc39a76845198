#pragma once

#include <string>

#include "base/file_system.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// How the store knows an export folder.
struct KnownFolder {
  std::string name;        // in the manifest and in conflicts
  std::string moved_from;  // where the folder was before it was moved or renamed; "" where it was not
};

// Whether a folder that nothing was exported to or imported from yet is one that was, under another name: the
// other is gone from disk, and at least half of the files that were left there stand here byte for byte (of
// several, the one of which most do). All that the store knows of it, its manifest and its conflicts, is the
// new folder's from then on, so that edits, deletions and decisions are what they were before the move. In a
// dry run nothing is stored, and `name` is still the old one. Reads the files; changes none.
Result<KnownFolder> find_export_folder(Store& store, const FileSystem& files, const std::string& folder,
                                     bool dry_run);

}  // namespace stubkeeper::kb
