#pragma once

#include <map>
#include <optional>
#include <string>

#include "kb/export/conflicts.h"
#include "kb/export/manifest.h"
#include "kb/export/section_export.h"

namespace stubkeeper::kb {

// What is to be done with one page's file, and what carrying it out needs to know.
struct PagePlan {
  ExportItem item;
  std::optional<ManifestEntry> last_export;      // what the last export left there
  std::string store_text;                 // of import_edit and merge: the revision that comes of it
  std::optional<Conflicts::FoundConflict> unresolved;  // of a conflict or a deletion that a person has to decide
  // The file is as it should be (item.new_bytes) and the manifest does not know it: an export died between
  // the two, or a person wrote the same by hand.
  bool needs_manifest_entry = false;
};

// Looks at an entry's file and decides what to do, without writing anything anywhere. What is wrong with the
// one file is a plan of its own (failed, conflict); an error is the store's trouble.
Result<PagePlan> plan_page(Store& store, const FileSystem& files, const ExportOptions& options,
                           const Entry& entry, const std::map<std::string, ManifestEntry>& manifest);

}  // namespace stubkeeper::kb
