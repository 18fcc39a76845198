#pragma once

#include <string>

#include "base/file_system.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// An export folder as the store knows it.
struct KnownFolder {
  std::string name;        // in the manifest and in conflicts
  std::string moved_from;  // its path before it was moved or renamed; "" where it was not
};

// The known folder that an unknown one is, under another name: the old one is gone from disk, and
// at least half of its exported files are in the new one byte for byte (of several, the best
// match). Its manifest and conflicts become those of the new folder. In a dry run nothing is
// stored, and `name` is still the old one. Changes no files.
Result<KnownFolder> find_export_folder(Store& store, const FileSystem& files, const std::string& folder,
                                       bool dry_run);

}  // namespace stubkeeper::kb
