#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>

#include "entries/block_ids.h"

namespace stubkeeper::kb {

// Blocks of a new text that are known to be blocks of the old one, whatever their words: the byte
// at which each begins, and its id. A replaced block stays the block that it was.
using KnownBlocks = std::map<std::size_t, std::string>;

// entries::carry_ids(), but that the known blocks get their ids.
entries::IdentifiedDocument carry_ids(const entries::IdentifiedDocument& before, entries::Document after,
                                      const std::function<std::string()>& new_id, const KnownBlocks& known);

}  // namespace stubkeeper::kb
