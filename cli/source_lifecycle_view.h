#pragma once

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/result.h"
#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::cli {

// What becomes of a source's address, for people: lines of a label and a text, and the same as keys of a JSON
// object (docs/json.md). Nothing to tell gives no lines.
struct SourceLifecycleView {
  std::vector<std::pair<std::string, std::string>> lines;
  nlohmann::ordered_json json;
};
Result<SourceLifecycleView> source_lifecycle_view(kb::Store& store, const kb::Source& source, Timestamp now);

// A gone source with the paths of the entries that lean on it.
struct GoneSource {
  kb::Source source;
  std::vector<std::string> entries;
  std::string archived_copy;
};
Result<std::vector<GoneSource>> gone_sources(kb::Store& store);

}  // namespace stubkeeper::cli
