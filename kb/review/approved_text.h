#pragma once

#include <string>

#include "entries/identified_document.h"
#include "kb/entries/revision_text.h"
#include "kb/records.h"
#include "kb/review/reviewer_edit.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// What approving a change makes of its entry's text, and what that was made of.
struct ApprovedText {
  Id base_revision_id = 0;
  std::string edit_json;  // the change's
  std::string today;
  std::string moved_to;  // the part that a person's version went to, by the heading of the page; ""
  entries::IdentifiedDocument before;  // borrows the store's conventions
  RevisionText after;

  // Whether approving the change would make the same again: since this was made the entry may have got
  // another revision, and the change been brought onto it.
  bool is_current_for(const Change& change, const Entry& entry, const std::string& date) const {
    return base_revision_id == entry.current_revision_id && edit_json == change.edit_json && today == date;
  }
};

// The current text of a change's entry with the change in it, or with what a person made of it (`own`, or
// null), with each web source that it quotes in source_urls and under Sources where it is missing there, and
// with `today` ("2026-05-07") for the page's dates: what an approval stores, and a preview shows. Reads the
// store and changes nothing. conflict, and only then: the change does not fit the text any more (the message
// says how). Else the errors of resolve_reviewer_edit().
Result<ApprovedText> approved_text(Store& store, const Change& change, const Entry& entry,
                                   const ReviewerEdit* reviewer_edit, const std::string& today);

}  // namespace stubkeeper::kb
