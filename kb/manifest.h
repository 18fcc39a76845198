#pragma once

#include <optional>
#include <string>

#include "kb/records.h"
#include "kb/store.h"

namespace stubkeeper::kb {

// What the last export to a folder, or import from it, left at a file.
struct ManifestEntry {
  Id entry_id = 0;
  Id revision_id = 0;
  std::string sha256;  // of the file's bytes then
};

// The manifest of one folder, known by its absolute path. Borrows the store.
class Manifest {
 public:
  Manifest(Store& store, const std::string& folder);
  Result<std::optional<ManifestEntry>> find(const std::string& file);
  Status put(const std::string& file, const ManifestEntry& entry, Timestamp now);

 private:
  Store& store_;
  std::string folder_;
};

}  // namespace stubkeeper::kb
