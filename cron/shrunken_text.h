#pragma once

#include <optional>
#include <string>

#include "cron/kinds/source_kind.h"
#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::cron {

// Walls that only their size gives away: a page that lost nine tenths of its text.

// The refusal of a document whose text is at most a tenth of its last snapshot's, where that one had enough to
// say. None for the first snapshot of a document, for a local file, and where a person accepted a short text of
// the source (accept_shrunken_text()) after that snapshot was taken. Error: the store cannot be used.
Result<std::optional<Refusal>> find_shrunken_text(kb::Store& store, kb::Id source,
                                                  const ParsedDocument& document,
                                                  const crawler::FetchResponse& response);

// Has the next text of a flagged source read however short it is, and the source looked at by the next run.
// invalid_argument where the source has no such flag.
Status accept_shrunken_text(kb::Store& store, const kb::Source& source, Timestamp now);

}  // namespace stubkeeper::cron
