#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "config/configuration.h"
#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::cli {

// What has been learned of how often a source changes, what depends on it, and why it is looked at again when
// it is.
struct RevisitView {
  std::vector<std::pair<std::string, std::string>> lines;  // label and value, for people
  nlohmann::ordered_json json;                             // the value of "revisit" (docs/json.md)
};
Result<RevisitView> revisit_view(kb::Store& store, const kb::Source& source, Timestamp now,
                                 const config::Configuration::Revisit& revisit);

}  // namespace stubkeeper::cli
