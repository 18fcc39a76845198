#pragma once

#include <set>
#include <string>
#include <vector>

#include "crawler/fetcher.h"
#include "cron/report.h"
#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::cron {

// What answers and failures make of a source's address. Each function runs in the caller's transaction; what
// it decides goes into `report`.

// A source is called gone after so many failures (404, or out of reach) with at least so much time between
// each and the one before; after a 410 at once. It is then looked at again this seldom, and comes back by
// itself.
constexpr int max_absences = 3;
constexpr std::chrono::days min_time_between_absences{3};
constexpr std::chrono::days gone_source_revisit_interval{30};

// A permanent redirect becomes the source's address once it was seen, with what the source should be behind
// it, on so many different days in a row of looks.
constexpr int redirect_days_until_moved = 3;

// The address was missing, or out of reach. `permanently_gone`: it said itself that it is gone for good.
Status record_absence(kb::Store& store, const kb::Source& source, bool permanently_gone, Timestamp now,
                      RefreshReport& report);

// The source answered with what it should be (or with "not modified").
Status record_presence(kb::Store& store, const kb::Source& source, const crawler::FetchResponse& response,
                       Timestamp now, RefreshReport& report);

// Sources that could not be reached in a run. Whether that is theirs or our own network's fault shows only at
// the end: where three hosts or more were asked and none said a word, nor did any in the time between two
// absences, it counts against none of them.
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
