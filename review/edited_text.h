#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "kb/entries/records.h"
#include "kb/review/reviewer_edit.h"
#include "kb/store/store.h"

namespace stubkeeper::review {

// The text that a person starts to edit: the proposed one, or the whole block where that is a part.
Result<std::string> text_to_edit(const kb::Change& change);

// Verifies a person's own text for a change as a drafted one (llm/verifier.h), in the task of
// build_edit_task(). Gives the flags against it; none where the change quotes nothing. Links to
// unknown addresses stay in the person's text, and are flagged. refused, with what to do: raw HTML,
// a shortcode, a link that is neither http nor https, or a text that does not fit its place. For
// another part also the errors of kb::resolve_reviewer_edit().
Result<std::vector<kb::Flag>> verify_edited_text(kb::Store& store, const kb::Change& change,
                                                 const kb::ReviewerEdit& reviewer_edit, Timestamp now);

}  // namespace stubkeeper::review
