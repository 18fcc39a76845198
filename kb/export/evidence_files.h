#pragma once

#include <string>

#include "base/clock.h"
#include "base/file_system.h"
#include "kb/export/section_export.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

struct EvidenceOptions {
  std::string folder;   // of the site's data, such as site/data
  std::string section;  // of the section below the site's content, such as "research"; may be ""
  Timestamp now;
  bool dry_run = false;
};

// The data file of an entry's file: "stubkeeper/research/energy/solar.json" for "energy/solar.md".
// A template finds it by the path of the page's own file.
std::string evidence_file(const EvidenceOptions& options, const std::string& entry_file);

// Writes the evidence of every published entry that has any, only where bytes change, and removes
// the file of one that has none any more. A file that differs from the last export is reported as a
// conflict, with advice, and not touched.
Result<ExportReport> export_evidence(Store& store, FileSystem& files, const EvidenceOptions& options);

}  // namespace stubkeeper::kb
