#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// What the last export to a folder, or import from it, left at a file.
struct ManifestEntry {
  Id entry_id = 0;
  Id revision_id = 0;
  std::string sha256;  // of the file's bytes then, which are a body
};

// The manifest of one folder, known by its absolute path. Borrows the store.
class Manifest {
 public:
  Manifest(Store& store, const std::string& folder);
  // The name that a folder goes by in the store, whichever links and dots lead to it.
  static std::string folder_key(const std::string& folder);
  // All folders that have a manifest, by name.
  static Result<std::vector<std::string>> folders(Store& store);
  // Whether an export to any folder, or an import from it, left these bytes at a file of this entry.
  static Result<bool> was_exported_anywhere(Store& store, const std::string& file, Id entry_id,
                                        const std::string& sha256);

  Result<std::optional<ManifestEntry>> find(const std::string& file);
  // All files of the folder, by file.
  Result<std::map<std::string, ManifestEntry>> list();
  Status put(const std::string& file, const ManifestEntry& entry, Timestamp now);
  // As if no export had ever made the file.
  Status forget(const std::string& file);

 private:
  Store& store_;
  std::string folder_;
};

}  // namespace stubkeeper::kb
