#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "kb/entries/records.h"
#include "kb/review/reviewer_edit.h"
#include "kb/store/store.h"

namespace stubkeeper::review {

// What a person starts from who edits a change: the proposed text, or all of what would stand there where
// that is only a part of it.
Result<std::string> text_to_edit(const kb::Change& change);

// Verifies a person's own text for a change as a drafted one is (llm/verifier.h): against the quotes that the
// change cites, the documents that they stand in, and the entry. Gives the flags that speak against it; none
// where the change quotes nothing. refused, with what to do, where the text holds what no text from here may:
// raw HTML, a shortcode, a link that is neither http nor https, or where it cannot be put in its place. Links
// to addresses that are not known stay, and are flagged: they are the person's. A version for another part
// also has the errors of kb::resolve_reviewer_edit().
Result<std::vector<kb::Flag>> verify_edited_text(kb::Store& store, const kb::Change& change,
                                            const kb::ReviewerEdit& reviewer_edit, Timestamp now);

}  // namespace stubkeeper::review
