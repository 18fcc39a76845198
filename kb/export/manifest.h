#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "kb/store/id.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// A file as the last export to a folder, or import from it, left it.
struct ManifestEntry {
  Id entry_id = 0;
  Id revision_id = 0;
  std::string sha256;  // of the file's bytes, which are a body
};

// The largest file that is compared with the last export.
inline constexpr std::uint64_t max_exported_bytes = 50'000'000;

// The files of one export folder, which is known by its absolute path. Borrows the store.
class Manifest {
 public:
  Manifest(Store& store, const std::string& folder);
  // The folder's name in the store: its canonical path.
  static std::string folder_key(const std::string& folder);
  // All folders that have a manifest, by name.
  static Result<std::vector<std::string>> folders(Store& store);
  // Whether a file of the entry has the bytes of its last export to its folder (`last_export`) or,
  // without one, of the last export to any folder, of which this one is then a copy.
  static Result<bool> is_unchanged_since_export(Store& store, const std::optional<ManifestEntry>& last_export,
                                                const std::string& file, Id entry_id,
                                                const std::string& sha256);

  Result<std::optional<ManifestEntry>> find(const std::string& file);
  // All files of the folder, by file.
  Result<std::map<std::string, ManifestEntry>> list();
  Status put(const std::string& file, const ManifestEntry& entry, Timestamp now);
  // As if no export had written the file.
  Status forget(const std::string& file);

 private:
  Store& store_;
  std::string folder_;
};

}  // namespace stubkeeper::kb
