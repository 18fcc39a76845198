#include "kb/policies.h"

#include <algorithm>

#include "kb/proposals.h"
#include "kb/review.h"

namespace stubkeeper::kb {

Result<int> approve_by_policy(Store& store, const Clock& clock, const std::vector<std::string>& kinds) {
  if (kinds.empty()) return 0;
  STUBKEEPER_ASSIGN(const auto waiting, Proposals{store}.list({}));
  Review review{store, clock};
  int approved_count = 0;
  for (const Change& change : waiting) {
    const bool flagged = std::any_of(change.flags.begin(), change.flags.end(),
                                     [](const Flag& flag) { return !flag.resolved_at; });
    if (flagged || std::find(kinds.begin(), kinds.end(), change.kind) == kinds.end()) continue;
    const auto approved = review.approve(change.id, {AuthorKind::policy, "auto_approve: " + change.kind},
                                         "named in [review] auto_approve", "");
    if (approved.ok()) {
      ++approved_count;
    } else if (approved.error().code != ErrorCode::conflict) {
      return approved.error();
    }
  }
  return approved_count;
}

}  // namespace stubkeeper::kb
