#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kb/sources/records.h"
#include "kb/sources/snapshots.h"

namespace stubkeeper::review {

// Whether a page says that it was published before something that a sentence of it tells, as pages do that
// are written on. Dates of what is planned or possible tell nothing of that sort, nor do such as lie behind
// the fetch. A pure function, over the dates that base/text/dates.h reads.
bool is_anachronistic(const kb::Snapshot& page, std::string_view sentence);

// What there is to know of that, in words. `first`: since when the words have stood there; nothing where
// that cannot be told.
std::string explain_anachronism(const kb::Snapshot& page, std::string_view sentence,
                                const std::optional<kb::FirstSeen>& first);

}  // namespace stubkeeper::review
