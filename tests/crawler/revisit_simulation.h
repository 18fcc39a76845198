#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "crawler/revisit/weekly_pattern.h"

namespace stubkeeper::testing {

// A source whose whole future is known to the simulator, and to no scheduler but the optimum. Times are days
// since the beginning.
struct SimulatedSource {
  struct RateSince {
    double day = 0;
    double rate = 0;  // changes or items a day, in the mean
  };
  double weight = 1;
  std::vector<RateSince> rates;  // the first from day 0 on
  std::vector<double> changes;   // rising

  double rate_on(double day) const;
};

struct Population {
  std::string name;
  bool feeds = false;         // measured by the delay of items; else by freshness
  bool office_hours = false;  // changes come by office_hours_pattern()
  std::vector<SimulatedSource> sources;
};

// Of 100 changes that come on a weekday from 8 to 18 UTC, 5 come in as many other hours of a weekday, and 2
// on a weekend.
crawler::WeeklyPattern::RelativeRates office_hours_pattern();

// Populations of `count` sources that live for `days`; the same for the same seed. Of ten sources six have
// weight 1, two 2, one 5 and one 10.
//   gamma         Poisson pages; rates gamma-distributed, shape 0.5, mean one in 5 days
//   lognormal     Poisson pages; rates lognormal, median one in 20 days, sigma 2
//   still         as lognormal, but three of five never change
//   two kinds     Poisson pages; half change every 4 hours, half every 50 days
//   bursts        lognormal mean rates, but all changes come in bursts of 3 days, 27 days apart, both
//   exponential office        lognormal mean rates, but changes come in office hours new habits    lognormal
//   rates, drawn anew for each page once in 120 days feeds         Poisson items; rates lognormal, median 1 a
//   day, sigma 1.5 office feeds  the same in office hours burst feeds   the same in bursts as above echo
//   feeds    lognormal rates as above, but two of three items answer another one, a day later in the mean (a
//   Hawkes
//                 process)
Population make_population(const std::string& name, std::size_t count, double days, std::uint64_t seed);
std::vector<std::string> population_names();

enum class Scheduler {
  learned,       // the real one: crawler/revisit, knowing nothing but what its visits saw
  uniform,       // all equally often
  proportional,  // as often as they change, knowing the true rates
  adaptive,  // interval × 0.8 after a change, × 1.2 after none, from an hour to 30 days; all shortened alike
             // to spend the budget, or waiting their turn where they ask for more
  optimum,  // true rates, weights and rhythm known, the budget shared out exactly, nothing else to respect
};
std::string scheduler_name(Scheduler scheduler);

struct SimulationOptions {
  double visits_per_source_day = 1;
  double warm_up_days = 120;  // not measured
  double measured_days = 120;
  bool learn_weekly_pattern = true;  // else `learned` takes every feed for steady
};

struct SimulationResult {
  double freshness = 0;              // share of the weighted time in which nothing was unseen
  double delay_hours = 0;            // weighted mean over items, from when it came until it was fetched
  double visits_per_source_day = 0;  // that were spent while it was measured
  double max_wait_days = 0;      // between two visits to one source, while it was measured
};

// Visits on a virtual clock, in steps of an hour. No scheduler makes more than its budget's visits in 24
// hours, but the optimum, which spends it in the mean; what is due beyond it waits, the most urgent first
// where the scheduler has an opinion, else the longest due.
SimulationResult simulate(const Population& population, Scheduler scheduler,
                          const SimulationOptions& options);

}  // namespace stubkeeper::testing
