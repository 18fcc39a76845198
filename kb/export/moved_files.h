#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "kb/export/manifest.h"
#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// An entry's file that stands elsewhere now.
struct MovedFile {
  Id entry_id = 0;
  std::string from;
  std::string to;
};

// What a person did to the files of a folder since the last export, as far as names tell it.
struct MovedFiles {
  std::vector<MovedFile> moved;
  std::vector<std::string> unknown;  // Markdown files that no entry knows and that are nothing moved
};

// Looks which of the folder's exported files are gone and which unknown ones they have become: first those
// with the very bytes that the last export left, then, best first, those that share at least half of their
// blocks by size (git's threshold for renames). Symbolic links are passed over. Reads only.
Result<MovedFiles> find_moved_files(Store& store, const FileSystem& files, const std::string& folder,
                                        const std::vector<Entry>& entries,
                                        const std::map<std::string, ManifestEntry>& manifest);

// Takes the entry to its new file, in the store and in the folder's manifest. One transaction.
Status follow_move(Store& store, const std::string& folder, const MovedFile& moved, Timestamp now,
                   const std::string& by);

}  // namespace stubkeeper::kb
