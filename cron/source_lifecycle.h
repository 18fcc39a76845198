#pragma once

#include <set>
#include <string>
#include <vector>

#include "crawler/fetcher.h"
#include "cron/report.h"
#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::cron {

// The life of a source's address: gone, recovered, moved. Each function runs in the caller's transaction and
// reports its decision.

// A source is called gone after so many failures (404, or out of reach) at least so far apart, after a 410 at
// once. It is then visited this seldom, and comes back by itself.
constexpr int max_absences = 3;
constexpr std::chrono::days min_time_between_absences{3};
constexpr std::chrono::days gone_source_revisit_interval{30};

// A permanent redirect to good content becomes the source's address once so many different days in a row saw it.
constexpr int redirect_days_until_moved = 3;

// The address was missing, or out of reach; `permanently_gone`: the server says that it is gone (410).
Status record_absence(kb::Store& store, const kb::Source& source, bool permanently_gone, Timestamp now,
                      RefreshReport& report);

// The source sent good content, or "not modified".
Status record_presence(kb::Store& store, const kb::Source& source, const crawler::FetchResponse& response,
                       Timestamp now, RefreshReport& report);

// Sources that could not be reached in a run, for their own or our network's fault, which shows at the end:
// where three hosts or more were silent, and none answered, nor did any within the time between two absences,
// it counts against none of them.
class UnreachableSources {
 public:
  void note(const kb::Source& source, const crawler::FetchResponse& response);
  Status settle(kb::Store& store, Timestamp now, RefreshReport& report) const;

 private:
  std::vector<const kb::Source*> sources_;
  std::set<std::string> silent_hosts_;
  bool any_host_responded_ = false;
};

}  // namespace stubkeeper::cron
