#pragma once

#include <string>
#include <vector>

#include "kb/entries/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// An effect of approving a change on something else.
struct Dependent {
  enum class Kind {
    publishes,          // the entry is a stub and is published with it; `path`: the entry
    outdates,           // another waiting change becomes outdated with it; `reason`: why
    same_block,         // another waiting change of the same block, which goes in beside it
    anchored_to_block,  // a waiting change that is inserted before, after or into the same block
    quoted_text,        // an approved change whose text this one replaces, with its quotes
    mentions_entry,     // a waiting change of another page that mentions this entry; `path`: that page
  } kind = Kind::same_block;
  Id change_id = 0;  // 0 for `publishes`
  std::string path;  // of the entry
  std::string text;  // that the other change puts there, or takes away
  std::string reason = {};
};
// The stable name of a kind: "same_block".
const char* dependent_kind_name(Dependent::Kind kind);

// In the order of the kinds above, then by change. `today`: the day of the approval.
Result<std::vector<Dependent>> find_dependents(Store& store, const Change& change, const std::string& today);

}  // namespace stubkeeper::kb
