#pragma once

#include <functional>
#include <string>
#include <vector>

#include "entries/document.h"
#include "entries/edit.h"

namespace stubkeeper::entries {

// Names the blocks of a new text of an entry, so that a block keeps its id while its neighbours change:
// blocks with the same bytes are matched first (in order by patience diff, then moved ones), then those of
// the same kind that are similar (shared words, above the threshold stated in identity.cc); the rest get
// fresh ids from `fresh`, which never gives the same twice.
IdentifiedDocument carry_ids(const IdentifiedDocument& before, Document after,
                             const std::function<std::string()>& fresh);

// Fresh ids for every block of a first revision.
IdentifiedDocument fresh_ids(Document document, const std::function<std::string()>& fresh);

}  // namespace stubkeeper::entries
