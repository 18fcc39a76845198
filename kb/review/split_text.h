#pragma once

#include <string>
#include <vector>

#include "entries/edit.h"

namespace stubkeeper::kb {

// A part of the text of an edit.
struct TextPart {
  std::string text;     // of the edit that makes this part alone
  std::string changed;  // the words that are new or gone, for choosing quotes
  // The bytes of the whole's text that the part has; of new text only.
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Splits an edit into parts, in order: new text into its blocks, the replacement of a block into
// its changed sentences. One where it cannot be split, none for an edit without text.
std::vector<TextPart> split_edit(const entries::Edit& edit);

// Whether an edit inserts new text.
bool is_new_text(const entries::Edit& edit);

}  // namespace stubkeeper::kb
