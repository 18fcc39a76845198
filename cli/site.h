#pragma once

#include <memory>
#include <string>

#include "cli/session.h"
#include "kb/export/evidence_files.h"
#include "kb/export/page_renderer.h"

namespace stubkeeper::cli {

// How pages are written for the site of the configuration; nullptr where they are the store's own.
Result<std::unique_ptr<kb::PageRenderer>> site_rendering(const OpenKnowledgeBase& kb);

// Where the evidence of the section that is exported to `folder` goes: [site] data, or the folder "data"
// beside the folder "content" that the section lies in. invalid_argument where neither is known.
Result<kb::EvidenceOptions> evidence_options(const Session& session, const OpenKnowledgeBase& kb,
                                             const std::string& folder);

}  // namespace stubkeeper::cli
