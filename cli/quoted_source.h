#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "kb/records.h"
#include "kb/store.h"

namespace stubkeeper::cli {

// A quote with its source for a terminal: the quote in quotation marks, then what document it stands in and
// on which page of a PDF, its dates and its address. Safe to print.
std::vector<std::string> quoted_source_lines(kb::Store& store, const kb::Citation& citation);

// The same for JSON, with the snapshot's hash and the byte range.
nlohmann::ordered_json quoted_source_json(kb::Store& store, const kb::Citation& citation);

}  // namespace stubkeeper::cli
