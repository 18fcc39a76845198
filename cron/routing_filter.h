#pragma once

#include <set>
#include <string>
#include <utility>

#include "kb/review/refusals.h"
#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::cron {

// Keeps passages of a snapshot from entries that must not get them: a person refused the source or the passage
// for the entry, or the entry got the passage from a near duplicate (kb::NearDuplicates).
class RoutingFilter {
 public:
  static Result<RoutingFilter> read(kb::Store& store, kb::Id source_id, kb::Id snapshot_id);

  bool lets_pass(const kb::Passage& passage, kb::Id entry_id) const;

 private:
  RoutingFilter(kb::Id source_id, kb::ActiveRefusals refused)
      : source_id_(source_id), refused_(std::move(refused)) {}

  kb::Id source_id_;
  kb::ActiveRefusals refused_;
  std::set<std::pair<std::string, kb::Id>> routed_from_copies_;
};

}  // namespace stubkeeper::cron
