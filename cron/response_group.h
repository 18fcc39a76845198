#pragma once

#include <unordered_map>
#include <vector>

#include "crawler/fetcher.h"
#include "cron/refresh.h"
#include "cron/source_lifecycle.h"
#include "entries/subject_index.h"

namespace stubkeeper::cron {

// Answers on their way into the store. One that brings a body is stored at once, as a step of its own. Those
// that bring none (not modified, failed, postponed) wait for each other and are stored together, because a
// durable transaction for each would cost more than asking; at most 5,000 of them, or those of a second. A
// run that is killed loses at most these, and the next one asks for them again. Borrows its arguments.
class ResponseGroup {
 public:
  ResponseGroup(const RunContext& context, const entries::SubjectIndex& subjects, const std::vector<kb::Source>& sources,
              RefreshReport& report);

  Status add(crawler::FetchResponse response);
  // Stores what waits longer than a second.
  Status flush_if_due();
  // Stores what waits, and settles what only the end of the fetch can tell.
  Status finish();

 private:
  Status flush();

  const RunContext& context_;
  const entries::SubjectIndex& subjects_;
  RefreshReport& report_;
  std::unordered_map<kb::Id, const kb::Source*> sources_;
  std::vector<crawler::FetchResponse> pending_;
  Timestamp pending_since_;
  UnreachableSources unreachable_sources_;
};

}  // namespace stubkeeper::cron
