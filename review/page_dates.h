#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kb/records.h"
#include "kb/sources/words_first_read.h"

namespace stubkeeper::review {

// Whether a page says that it was published before something that a sentence of it tells, as pages do that
// are written on. Dates of what is planned or possible tell nothing of that sort, nor do such as lie behind
// the fetch. A pure function, over the dates that llm/verification/dates.h reads.
bool tells_what_came_later(const kb::Snapshot& page, std::string_view sentence);

// What there is to know of that, in words. `first`: since when the words have stood there; nothing where
// that cannot be told.
std::string why_it_tells_what_came_later(const kb::Snapshot& page, std::string_view sentence,
                                         const std::optional<kb::FirstRead>& first);

}  // namespace stubkeeper::review
