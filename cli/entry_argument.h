#pragma once

#include <string>

#include "base/result.h"
#include "kb/entries/records.h"
#include "kb/store/store.h"

namespace stubkeeper::cli {

// The entry or section that a person means by its path ("datacenters/cooling/corintis", ".md" may stand at
// its end; "_index" is the section's landing page at the root). not_found, with the nearest path.
Result<kb::Entry> find_entry(kb::Store& store, const std::string& path);

}  // namespace stubkeeper::cli
