// How near to the optimum the revisit times of crawler/revisit are, on a virtual clock: freshness of pages
// and delay of feed items at equal budgets, against looking at all equally often, in proportion to their
// changes, by the rule of thumb "interval × 0.8 after a change, × 1.2 after none", and an optimum that knows
// everything. What the populations and schedulers are stands in tests/crawler/revisit_simulation.h.
//
// Two lines for each population and budget of visits per source and day: freshness of pages, or mean delay of
// feed items in hours; and the visits that were spent. % of the optimum: learned / optimum for freshness,
// optimum / learned for delay.
//
// Usage: stubkeeper-revisit-bench [SEEDS [SOURCES [POPULATION...]]]    (docs/crawler.md)

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <vector>

#include "tests/crawler/revisit_simulation.h"

namespace {

using namespace stubkeeper::testing;

constexpr std::array budgets{0.1, 0.2, 0.5, 1.0, 2.0};
constexpr std::array schedulers{Scheduler::learned, Scheduler::uniform, Scheduler::proportional,
                                Scheduler::adaptive, Scheduler::optimum};

struct Spread {
  std::vector<double> values;
  double mean() const {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
  }
  double lowest() const { return *std::min_element(values.begin(), values.end()); }
  double highest() const { return *std::max_element(values.begin(), values.end()); }
};

void measure(const std::string& name, int seeds, std::size_t sources) {
  const SimulationOptions defaults;
  const bool feeds = name.ends_with("feeds");
  for (const double budget : budgets) {
    std::map<Scheduler, Spread> figures;
    std::map<Scheduler, Spread> visits;
    Spread ratio;
    double max_wait = 0;
    for (int seed = 1; seed <= seeds; ++seed) {
      const Population population = make_population(
          name, sources, defaults.warm_up_days + defaults.measured_days, static_cast<std::uint64_t>(seed));
      SimulationOptions options = defaults;
      options.visits_per_source_day = budget;
      std::map<Scheduler, double> figure;
      for (const Scheduler scheduler : schedulers) {
        const SimulationResult result = simulate(population, scheduler, options);
        figure[scheduler] = feeds ? result.delay_hours : result.freshness;
        figures[scheduler].values.push_back(figure[scheduler]);
        visits[scheduler].values.push_back(result.visits_per_source_day);
        if (scheduler == Scheduler::learned) max_wait = std::max(max_wait, result.max_wait_days);
      }
      ratio.values.push_back(feeds ? figure[Scheduler::optimum] / figure[Scheduler::learned]
                                   : figure[Scheduler::learned] / figure[Scheduler::optimum]);
    }
    fmt::print("{:<12} {:>4.1f}", name, budget);
    for (const Scheduler scheduler : schedulers)
      fmt::print(" {:>9.{}f}", figures[scheduler].mean(), feeds ? 2 : 3);
    fmt::print("  {:>5.1f} ({:.1f} to {:.1f})\n", 100 * ratio.mean(), 100 * ratio.lowest(),
               100 * ratio.highest());
    fmt::print("{:<12} {:>4}", "  spent", "");
    for (const Scheduler scheduler : schedulers) fmt::print(" {:>9.3f}", visits[scheduler].mean());
    fmt::print("  longest wait {:.0f} days\n", max_wait);
  }
}

}  // namespace

int main(int count, char** words) {
  const int seeds = count > 1 ? std::max(1, std::atoi(words[1])) : 5;
  const auto sources = static_cast<std::size_t>(count > 2 ? std::max(10, std::atoi(words[2])) : 300);
  const SimulationOptions defaults;
  fmt::print("{} sources, {} seeds, {:.0f} days of warm-up, then {:.0f} days measured\n", sources, seeds,
             defaults.warm_up_days, defaults.measured_days);
  fmt::print("{:<12} {:>4}", "", "");
  for (const Scheduler scheduler : schedulers) fmt::print(" {:>9.9}", scheduler_name(scheduler));
  fmt::print("  % of the optimum (least to most)\n");
  std::vector<std::string> names{words + std::min(count, 3), words + count};
  if (names.empty()) names = population_names();
  for (const std::string& name : names) measure(name, seeds, sources);
  return 0;
}
