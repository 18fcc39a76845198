#pragma once

#include <string>

#include "entries/edit.h"

namespace stubkeeper::entries {

// How an edit changes a document's bytes: [begin, end) becomes `text`. An edit that has nothing to do is an
// empty range with no text.
struct Splice {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
  // For the reviewer: what is put in, without the line ends around it, and what stood there.
  std::string preview_new;
  std::string preview_old;
  std::string place;
};

// The splice of an edit on blocks. Front-matter edits are not splices of blocks; see edit.cc.
Result<Splice> make_edit_splice(const IdentifiedDocument& document, const Edit& edit);

// The splice that adds an item to a part's list, or the part where it is missing.
Splice make_list_item_splice(const IdentifiedDocument& document, const std::string& part,
                           const std::string& text);

}  // namespace stubkeeper::entries
