// A small run of the simulator of tests/bench/revisit.cc, with fixed seeds.

#include "tests/crawler/revisit_simulation.h"

#include "tests/support/catch.h"

using namespace stubkeeper::testing;

TEST_CASE("learned revisit times are near the optimum and ahead of rules of thumb") {
  SimulationOptions options;
  options.warm_up_days = 80;
  options.measured_days = 80;
  for (const std::string name : {"lognormal", "still"}) {
    const Population population = make_population(name, 60, 160, 11);
    for (const double budget : {0.2, 1.0}) {
      options.visits_per_source_day = budget;
      INFO(name << " at " << budget);
      const auto freshness = [&](Scheduler scheduler) {
        const SimulationResult result = simulate(population, scheduler, options);
        CHECK(result.visits_per_source_day < budget * 1.03);
        return result.freshness;
      };
      const double learned = freshness(Scheduler::learned);
      CHECK(learned >= (budget < 1 ? 0.90 : 0.95) * freshness(Scheduler::optimum));
      CHECK(learned > freshness(Scheduler::uniform));
      CHECK(learned > freshness(Scheduler::proportional));
      CHECK(learned > freshness(Scheduler::adaptive));
    }
  }
}

TEST_CASE("learned revisit times of feeds keep items waiting less and nothing starves") {
  SimulationOptions options;
  options.warm_up_days = 80;
  options.measured_days = 80;
  const Population population = make_population("office feeds", 40, 160, 11);
  const SimulationResult learned = simulate(population, Scheduler::learned, options);
  CHECK(learned.max_wait_days < 33);
  for (const Scheduler other : {Scheduler::uniform, Scheduler::proportional, Scheduler::adaptive}) {
    INFO(scheduler_name(other));
    CHECK(learned.delay_hours < 0.7 * simulate(population, other, options).delay_hours);
  }
  options.learn_weekly_pattern = false;
  CHECK(learned.delay_hours < 0.9 * simulate(population, Scheduler::learned, options).delay_hours);
}
