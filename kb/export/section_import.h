#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/file_system.h"
#include "kb/export/import_sources.h"
#include "kb/export/moved_files.h"
#include "kb/export/page_renderer.h"
#include "kb/export/section_listing.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// A file that was not imported, and why.
struct SkippedFile {
  std::string file;
  std::string reason;
};

struct ImportReport {
  std::vector<MovedFile> moved;  // since the last export
  int entries_added = 0;
  int entries_revised = 0;  // known entries whose file differs from the store
  int entries_unchanged = 0;
  int sources_added = 0;
  int steering_rules = 0;
  std::vector<SkippedFile> skipped;
  std::vector<SkippedFile> broken;  // taken in as they are, with what is wrong in their front matter
  LeftOutFiles left_out;
  std::vector<LeftOutSource> left_out_sources;
  // Taken in by what takes out approved changes: the file, and how many.
  std::vector<std::pair<std::string, int>> approved_changes_out;
};

// Imports a folder of Markdown files, byte for byte: each page (entries::FileRole) is an entry or a section page;
// translations and resources of bundles are left out unless they are entries already. Its source_urls become
// its sources (kb/export/import_sources.h), steering blocks ({{< steering >}} ... {{< /steering >}})
// become rules. The files count as exported to that folder, so that a later export writes only changes. Files
// that were moved since the last export move their entries (kb/export/moved_files.h).
//
// Skips, with the reason, files that are not regular, larger than entries::max_page_bytes, with a path that no
// entry can have, and known entries whose file an export would not simply take in: edited where the store is
// newer, or as it was before approved changes. `renderer`: that of the folder's exports, nullptr for the
// store's own form; its additions are taken off. invalid_argument where it renames files: such a folder is read
// by export alone. May be run again; a transaction for each group of files.
Result<ImportReport> import_section(Store& store, FileSystem& files, const std::string& folder,
                                    const std::string& author, Timestamp now,
                                    const PageRenderer* renderer = nullptr);

}  // namespace stubkeeper::kb
