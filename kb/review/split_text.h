#pragma once

#include <string>
#include <vector>

#include "entries/edit.h"

namespace stubkeeper::kb {

// A part of what an edit says.
struct TextPart {
  std::string text;     // of the edit that makes this part alone
  std::string changed;  // the words that are new or gone, for choosing quotes
  // Of new text: where the part stands in the whole's, in bytes. Parts of a replacement have no place of
  // their own.
  std::size_t begin = 0;
  std::size_t end = 0;
};

// What an edit can be taken apart into, in order: new text into its blocks, the replacement of a block into
// its changed sentences. None where it has no parts; one where it is one thing.
std::vector<TextPart> split_edit(const entries::Edit& edit);

// Whether an edit puts new text into an entry that split_edit() takes apart into blocks.
bool is_new_text(const entries::Edit& edit);

}  // namespace stubkeeper::kb
