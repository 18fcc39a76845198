#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/file_system.h"
#include "kb/export/moved_files.h"
#include "kb/export/page_renderer.h"
#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// A file that was left out, and why.
struct SkippedFile {
  std::string file;
  std::string reason;
};

struct ImportReport {
  std::vector<MovedFile> moved;  // files that stand elsewhere since the last export
  int entries_added = 0;
  int entries_revised = 0;  // known entries whose file differs from the store: a person's revision
  int entries_unchanged = 0;
  int sources_added = 0;
  int steering_rules = 0;
  std::vector<SkippedFile> skipped;
};

// Takes in a folder of Markdown files: each *.md file is an entry or a section page, its source_urls are its
// sources (kind by the address's ending: .pdf is pdf, else page), and steering blocks ({{< steering >}} ...
// {{< /steering >}}) become rules. The bytes are stored as they are. Where the folder is the site's content
// folder itself, the files also count as exported, so that a later export writes only what changes. Files
// that were moved since the last export take their entries with them (kb/export/moved_files.h). Files
// that are no regular files, larger than 50 MB, or whose path is not usable as an entry path are skipped and
// named. One transaction per file; may be run again. `rendering` is how the pages of that folder were written
// by exports, nullptr where as the store has them: what it added is taken off again; a rendering that renames
// files is refused (invalid_argument): such a folder is read by export alone.
Result<ImportReport> import_section(Store& store, FileSystem& files, const std::string& folder,
                                    const std::string& author, Timestamp now,
                                    const PageRenderer* renderer = nullptr);

}  // namespace stubkeeper::kb
