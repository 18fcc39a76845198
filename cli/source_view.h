#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "config/configuration.h"
#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::cli {

// A part of `source show`, for people and as JSON (docs/json.md).
struct SourceView {
  std::vector<std::pair<std::string, std::string>> lines;  // label and value
  nlohmann::ordered_json json;
};

// How often the source changes, which entries depend on it, and when it is fetched again and why.
// `json` is the value of "revisit".
Result<SourceView> revisit_view(kb::Store& store, const kb::Source& source, Timestamp now,
                                const config::Configuration::Revisit& revisit);

// The state of the source's address: gone, moved, asked to be left alone. `json` holds keys of
// the source.
Result<SourceView> source_lifecycle_view(kb::Store& store, const kb::Source& source, Timestamp now);

// A gone source with the paths of the entries that depend on it.
struct GoneSource {
  kb::Source source;
  std::vector<std::string> entries;
  std::string archived_copy;
};
Result<std::vector<GoneSource>> gone_sources(kb::Store& store);

}  // namespace stubkeeper::cli
