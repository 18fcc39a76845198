#pragma once

#include <optional>
#include <string>

#include "kb/entries/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// A text that an entry had before its present one, as its file has it again: put back by git, or on a copy.
struct OlderText {
  Revision revision;        // the latest that the file's bytes are, or were exported from
  int missing_changes = 0;  // approved, and not in that text
};

// The older text of an entry that a file's bytes are, also with other line ends; nothing where the entry never
// had it. The present text is none.
Result<std::optional<OlderText>> find_older_text(Store& store, const Entry& entry, const std::string& disk);

// How many approved changes gave the entry's present text a block that `text` does not have, or has as it was
// before them.
Result<int> count_lost_changes(Store& store, const Entry& entry, const std::string& text);

// The revision that a page is an edit of, where no export tells: the one most like it, if any is like it
// (kb/export/page_similarity.h).
Result<std::optional<Revision>> find_most_similar_revision(Store& store, const Entry& entry,
                                                           const std::string& text);

}  // namespace stubkeeper::kb
