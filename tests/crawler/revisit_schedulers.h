#pragma once

#include <memory>
#include <span>

#include "tests/crawler/revisit_simulation.h"

namespace stubkeeper::testing {

// A scheduler in the simulation. Sources are named by their index; times are days since the beginning.
class SimulatedScheduler {
 public:
  virtual ~SimulatedScheduler() = default;
  // A day (or less) has begun: prices and scales may be made anew.
  virtual void update_prices(double now) = 0;
  // When to look at a source for the first time.
  virtual double first_visit(std::size_t source) = 0;
  // A visit found these changes; gives the time of the next.
  virtual double visited(std::size_t source, double now, std::span<const double> changes) = 0;
  // What goes first where not all that is due can be visited: the greatest.
  virtual double urgency(std::size_t source, double now, double due, double last_visit) const {
    static_cast<void>(source);
    static_cast<void>(last_visit);
    return now - due;
  }
  // Whether visits that were planned are planned anew when update_prices has been called, and when then.
  virtual bool replans() const { return false; }
  virtual double replan_visit(std::size_t source, double last_visit) {
    static_cast<void>(source);
    return last_visit;
  }
};

std::unique_ptr<SimulatedScheduler> make_scheduler(const Population& population, Scheduler scheduler,
                                                   const SimulationOptions& options);

}  // namespace stubkeeper::testing
