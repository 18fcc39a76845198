#include "cron/routing_filter.h"

#include "kb/review/proposals.h"
#include "kb/sources/near_duplicates.h"

namespace stubkeeper::cron {

Result<RoutingFilter> RoutingFilter::read(kb::Store& store, kb::Id source_id, kb::Id snapshot_id) {
  STUBKEEPER_ASSIGN(auto refused, kb::Refusals{store}.active_refusals());
  RoutingFilter filter{source_id, std::move(refused)};
  STUBKEEPER_ASSIGN(const auto copies, kb::NearDuplicates{store}.find_near_duplicates(snapshot_id));
  for (const kb::Id copy : copies) {
    STUBKEEPER_ASSIGN(auto routed, kb::Proposals{store}.routed_from(copy));
    filter.routed_from_copies_.merge(routed);
  }
  return filter;
}

bool RoutingFilter::lets_pass(const kb::Passage& passage, kb::Id entry_id) const {
  return !refused_.refuses_passage(entry_id, source_id_, passage.normalized_sha256) &&
         !routed_from_copies_.contains({passage.normalized_sha256, entry_id});
}

}  // namespace stubkeeper::cron
