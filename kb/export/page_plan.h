#pragma once

#include <map>
#include <optional>
#include <string>

#include "kb/export/conflicts.h"
#include "kb/export/manifest.h"
#include "kb/export/section_export.h"

namespace stubkeeper::kb {

// The action planned for one page's file, with the data to carry it out.
struct PagePlan {
  ExportItem item;
  std::optional<ManifestEntry> last_export;
  Id base_revision_id = 0;                             // of a merge
  std::string store_text;                              // of import_edit and merge: the new revision's text
  std::optional<Conflicts::FoundConflict> unresolved;  // of a conflict or a deletion
  // The file is right (item.new_bytes), and the manifest does not know it: an export died between
  // the two, or a person wrote the same by hand.
  bool needs_manifest_entry = false;
};

// Compares an entry's file with the store and plans the action. Writes nothing. Trouble with the
// file is a plan of its own (failed, conflict); an error is the store's.
Result<PagePlan> plan_page(Store& store, const FileSystem& files, const ExportOptions& options,
                           const Entry& entry, const std::map<std::string, ManifestEntry>& manifest);

}  // namespace stubkeeper::kb
