#pragma once

#include <gumbo.h>

namespace stubkeeper::crawler {

// What HTML's elements are to a reader of text.

// 1 to 6 for h1 to h6, else 0.
int heading_level(GumboTag tag);

// Elements that begin and end a block of text.
bool is_block(GumboTag tag);

// Elements whose content is no text of the page: scripts, controls, embedded things.
bool is_non_text_element(GumboTag tag);

}  // namespace stubkeeper::crawler
