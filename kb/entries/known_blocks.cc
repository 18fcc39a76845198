#include "kb/entries/known_blocks.h"

#include <algorithm>

namespace stubkeeper::kb {

entries::IdentifiedDocument carry_ids(const entries::IdentifiedDocument& before, entries::Document after,
                                      const std::function<std::string()>& new_id, const KnownBlocks& known) {
  entries::IdentifiedDocument carried = entries::carry_ids(before, std::move(after), new_id);
  const auto& blocks = carried.document.blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const auto found = known.find(blocks[i].bytes.begin);
    if (found == known.end() || carried.ids[i] == found->second) continue;
    // By likeness another block may have got the id.
    std::replace_if(
        carried.ids.begin(), carried.ids.end(), [&](const std::string& id) { return id == found->second; },
        new_id());
    carried.ids[i] = found->second;
  }
  return carried;
}

}  // namespace stubkeeper::kb
