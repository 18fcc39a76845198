#pragma once

#include <libxml/tree.h>

#include "crawler/revisit_hints.h"

namespace stubkeeper::crawler {

// The hints in a feed's <channel> or <feed> element. What cannot be meant (a ttl of 0 or of words, an hour
// 25) counts as not said; an hour 24, as RSS 0.91 writes midnight, is 0.
RevisitHints parse_revisit_hints(const xmlNode* channel);

}  // namespace stubkeeper::crawler
