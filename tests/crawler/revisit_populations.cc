#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

#include "tests/crawler/revisit_simulation.h"

namespace stubkeeper::testing {
namespace {

using Random = std::mt19937_64;

double exponential(Random& random, double mean) {
  return std::exponential_distribution<double>{1 / mean}(random);
}

double lognormal(Random& random, double median, double sigma) {
  return std::lognormal_distribution<double>{std::log(median), sigma}(random);
}

// Rates above this would only cost time: no scheduler visits that often.
constexpr double highest_rate = 50;

// Poisson events from `begin` to `end`.
void add_events(Random& random, double rate, double begin, double end, std::vector<double>& events) {
  if (rate <= 0) return;
  for (double at = begin + exponential(random, 1 / rate); at < end; at += exponential(random, 1 / rate))
    events.push_back(at);
}

std::vector<double> steady_changes(Random& random, double rate, double days) {
  std::vector<double> events;
  add_events(random, rate, 0, days, events);
  return events;
}

std::vector<double> changes_in_bursts(Random& random, double mean_rate, double days) {
  constexpr double burst_days = 3;
  constexpr double quiet_days = 27;
  const double rate_in_burst = mean_rate * (burst_days + quiet_days) / burst_days;
  std::vector<double> events;
  for (double at = exponential(random, quiet_days); at < days;) {
    const double end = at + exponential(random, burst_days);
    add_events(random, rate_in_burst, at, std::min(end, days), events);
    at = end + exponential(random, quiet_days);
  }
  return events;
}

// As a branching process: who answers whom does not depend on the order of time.
std::vector<double> changes_with_echoes(Random& random, double mean_rate, double days) {
  constexpr double replies_per_item = 2.0 / 3;
  std::vector<double> events = steady_changes(random, mean_rate * (1 - replies_per_item), days);
  std::poisson_distribution<int> answers{replies_per_item};
  for (std::size_t i = 0; i < events.size(); ++i) {
    for (int answer = answers(random); answer > 0; --answer) {
      const double at = events[i] + exponential(random, 1);
      if (at < days) events.push_back(at);
    }
  }
  std::sort(events.begin(), events.end());
  return events;
}

// Thinning (Lewis and Shedler 1979).
std::vector<double> changes_in_office_hours(Random& random, double mean_rate, double days) {
  const auto weekly_pattern = office_hours_pattern();
  const double most = *std::max_element(weekly_pattern.begin(), weekly_pattern.end());
  std::vector<double> events = steady_changes(random, mean_rate * most, days);
  std::uniform_real_distribution<double> chance{0, most};
  std::erase_if(events, [&](double day) {
    const auto hour = static_cast<std::size_t>(day * 24) % crawler::WeeklyPattern::hours_of_week;
    return chance(random) >= weekly_pattern[hour];
  });
  return events;
}

void add_drifting_rates(Random& random, const std::function<double()>& draw_rate, double days,
                          SimulatedSource& source) {
  constexpr double rate_drift_days = 120;
  for (double at = 0; at < days;) {
    const double end = at + exponential(random, rate_drift_days);
    source.rates.push_back({at, std::min(draw_rate(), highest_rate)});
    add_events(random, source.rates.back().rate, at, std::min(end, days), source.changes);
    at = end;
  }
}

double draw_weight(Random& random) {
  const auto tenth = std::uniform_int_distribution<int>{0, 9}(random);
  return tenth < 6 ? 1 : tenth < 8 ? 2 : tenth < 9 ? 5 : 10;
}

}  // namespace

double SimulatedSource::rate_on(double day) const {
  double rate = 0;
  for (const RateSince& since : rates) {
    if (since.day <= day) rate = since.rate;
  }
  return rate;
}

crawler::WeeklyPattern::RelativeRates office_hours_pattern() {
  crawler::WeeklyPattern::RelativeRates rates{};
  double sum = 0;
  for (std::size_t hour = 0; hour < rates.size(); ++hour) {
    const bool weekend = hour >= 5 * 24;
    const bool office = hour % 24 >= 8 && hour % 24 < 18;
    sum += rates[hour] = weekend ? 0.02 : office ? 1 : 0.05;
  }
  for (double& rate : rates) rate *= static_cast<double>(rates.size()) / sum;
  return rates;
}

std::vector<std::string> population_names() {
  return {"gamma",      "lognormal", "still",        "two kinds",   "bursts",    "office",
          "new habits", "feeds",     "office feeds", "burst feeds", "echo feeds"};
}

Population make_population(const std::string& name, std::size_t count, double days, std::uint64_t seed) {
  Random random{seed};
  Population population;
  population.name = name;
  population.feeds = name.ends_with("feeds");
  population.office_hours = name.starts_with("office");
  const auto draw_rate = [&]() -> double {
    if (population.feeds) return lognormal(random, 1, 1.5);
    if (name == "gamma") return std::gamma_distribution<double>{0.5, 0.4}(random);
    if (name == "two kinds") return std::bernoulli_distribution{0.5}(random) ? 6 : 0.02;
    if (name == "still" && std::bernoulli_distribution{0.6}(random)) return 0;
    return lognormal(random, 0.05, 2);
  };
  for (std::size_t i = 0; i < count; ++i) {
    SimulatedSource source;
    source.weight = draw_weight(random);
    if (name == "new habits") {
      add_drifting_rates(random, draw_rate, days, source);
    } else {
      const double rate = std::min(draw_rate(), highest_rate);
      source.rates = {{0, rate}};
      source.changes = name.starts_with("echo")    ? changes_with_echoes(random, rate, days)
                       : name.starts_with("burst") ? changes_in_bursts(random, rate, days)
                       : population.office_hours   ? changes_in_office_hours(random, rate, days)
                                                   : steady_changes(random, rate, days);
    }
    population.sources.push_back(std::move(source));
  }
  return population;
}

}  // namespace stubkeeper::testing
