#include "cli/upkeep.h"

#include <fmt/format.h>

#include "config/review_policies.h"
#include "kb/review/policies.h"
#include "kb/review/upkeep.h"

namespace stubkeeper::cli {

Status run_upkeep(const Session& session, const OpenKnowledgeBase& kb) {
  const Clock& clock = session.environment.clock;
  STUBKEEPER_ASSIGN(const int proposed, kb::propose_upkeep(*kb.store, clock.now()));
  if (proposed == 0) return {};
  STUBKEEPER_ASSIGN(const int approved,
                    kb::approve_by_policy(*kb.store, clock, config::all_policies(kb.configuration)));
  session.note(fmt::format("upkeep           {} {} for pages that mention new entries{}", proposed,
                           proposed == 1 ? "change" : "changes",
                           approved > 0 ? fmt::format(", {} approved by policy", approved)
                                        : "; they wait: stubkeeper review --kind upkeep"));
  return {};
}

}  // namespace stubkeeper::cli
