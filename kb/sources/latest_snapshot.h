#pragma once

#include <optional>
#include <string>

#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The newest snapshot of a source's document, by the document's identity; nothing where it has none.
Result<std::optional<Snapshot>> find_latest_snapshot(Store& store, Id source_id, const std::string& identity);

}  // namespace stubkeeper::kb
