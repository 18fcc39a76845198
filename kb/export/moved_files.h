#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "kb/entries/records.h"
#include "kb/export/manifest.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// An entry's file that was moved on disk.
struct MovedFile {
  Id entry_id = 0;
  std::string from;
  std::string to;
};

// The moved and the unknown files of a folder since the last export.
struct MovedFiles {
  std::vector<MovedFile> moved;
  std::vector<std::string> unknown;  // pages of no entry, and not moved
};

// Matches exported files that are gone with unknown ones: first those with the very bytes of the
// last export, then, best first, those that share at least half of their blocks by size (git's
// threshold for renames). Skips symbolic links. Reads only.
Result<MovedFiles> find_moved_files(Store& store, const FileSystem& files, const std::string& folder,
                                    const std::vector<Entry>& entries,
                                    const std::map<std::string, ManifestEntry>& manifest);

// Moves the entry to its new file, in the store and in the folder's manifest. One transaction.
Status follow_move(Store& store, const std::string& folder, const MovedFile& moved, Timestamp now,
                   const std::string& by);

}  // namespace stubkeeper::kb
