#include "tests/crawler/revisit_schedulers.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "crawler/revisit/habit.h"
#include "crawler/revisit/next_visit.h"

namespace stubkeeper::testing {
namespace {

using namespace stubkeeper::crawler;

constexpr double never = VisitValue::never;
constexpr double most_visits_a_day = 24;  // in steps of an hour

Timestamp timestamp(double day) {
  static const Timestamp monday = *parse_rfc3339("2026-01-05");
  return monday + std::chrono::milliseconds{static_cast<std::int64_t>(day * 86'400'000)};
}

// The x in [low, high] at which a falling function is `wanted`.
double where_falling(const std::function<double(double)>& function, double wanted, double low, double high) {
  for (int i = 0; i < 200 && high > low * (1 + 1e-12); ++i) {
    const double middle = std::sqrt(low * high);
    (function(middle) > wanted ? low : high) = middle;
  }
  return std::sqrt(low * high);
}

// The scheduler of the product. It is told what a visit sees: of a page whether it changed, of a feed the
// items' dates.
class Learned final : public SimulatedScheduler {
 public:
  Learned(const Population& population, const SimulationOptions& options)
      : population_(population),
        learn_rhythm_(options.learn_rhythm),
        fetches_per_day_(options.visits_per_source_day * static_cast<double>(population.sources.size())),
        habits_(population.sources.size()) {
    for (std::size_t i = 0; i < habits_.size(); ++i) shares_.push_back({value(i), bounds});
    look_around(0);
  }

  void look_around(double /*now*/) override { price_ = fetch_price(shares_, fetches_per_day_); }
  double first_visit(std::size_t /*source*/) override { return 0; }

  double visited(std::size_t source, double now, std::span<const double> changes) override {
    Habit& habit = habits_[source];
    const Timestamp at = timestamp(now);
    if (population_.feeds) {
      std::vector<Timestamp> dates;
      for (const double change : changes) dates.push_back(timestamp(change));
      habit.saw_feed(at, static_cast<int>(changes.size()), dates);
    } else {
      habit.saw_page(at, !changes.empty(), {});
    }
    shares_[source].value = value(source);
    if (!population_.feeds) return now + next_page_visit(shares_[source].value, bounds, price_, source).days;
    const double weighted_rate = population_.sources[source].weight * habit.item_rate().expected();
    return now + next_feed_visit(weighted_rate, rhythm(source), at, bounds, price_, source).days;
  }

  double urgency(std::size_t source, double now, double /*due*/, double last_visit) const override {
    if (!habits_[source].last_visit()) return never;
    return crawler::urgency(shares_[source].value, bounds, price_, now - last_visit);
  }

 private:
  static constexpr VisitBounds bounds{1.0 / 24, 30};

  WeekRhythm::RelativeRates rhythm(std::size_t source) const {
    return learn_rhythm_ ? habits_[source].rhythm().relative_rates() : WeekRhythm{}.relative_rates();
  }
  VisitValue value(std::size_t source) const {
    const Habit& habit = habits_[source];
    const double weight = population_.sources[source].weight;
    return population_.feeds ? VisitValue::of_feed(habit.item_rate().expected(), rhythm(source), weight)
                             : VisitValue::of_page(habit.rate(), weight);
  }

  const Population& population_;
  bool learn_rhythm_;
  double fetches_per_day_;
  std::vector<Habit> habits_;
  std::vector<BudgetShare> shares_;
  FetchPrice price_;
};

// Each source at a fixed rate of visits; 0 is never.
class FixedRates : public SimulatedScheduler {
 public:
  explicit FixedRates(std::vector<double> rates) : rates_(std::move(rates)), planned_(rates_.size(), 0) {}

  void look_around(double /*now*/) override {}
  double first_visit(std::size_t source) override {
    // Spread over their intervals.
    const double phase = std::fmod(static_cast<double>(source) * 0.6180339887498949, 1.0);
    return planned_[source] = rates_[source] > 0 ? phase / rates_[source] : never;
  }
  double visited(std::size_t source, double now, std::span<const double> /*changes*/) override {
    // From when it was planned, so that waiting for the next hour does not add up.
    const double from = std::max(planned_[source], now - 1.0 / 24);
    return planned_[source] = rates_[source] > 0 ? from + 1 / rates_[source] : never;
  }

 protected:
  std::vector<double> rates_;

 private:
  std::vector<double> planned_;
};

std::vector<double> proportional_rates(const Population& population, double budget) {
  const auto rates = [&](double interest) {
    std::vector<double> made;
    for (const SimulatedSource& source : population.sources)
      made.push_back(std::min(most_visits_a_day, source.rate_on(0) / interest));
    return made;
  };
  const auto sum = [&](double interest) {
    const auto made = rates(interest);
    return std::accumulate(made.begin(), made.end(), 0.0);
  };
  return rates(where_falling(sum, budget, 1e-9, 1e9));
}

// The visits a day that make weight × (1 - e^(-x)(1 + x)) / rate, with x = rate / visits, equal to the price.
double best_page_rate(double rate, double weight, double price) {
  const double wanted = price * rate / weight;
  if (rate <= 0 || wanted >= 1) return 0;
  const double x = where_falling([](double y) { return std::exp(-y) * (1 + y); }, 1 - wanted, 1e-9, 1e3);
  return std::min(most_visits_a_day, rate / x);
}

std::vector<double> best_page_rates(const Population& population, double budget, double day) {
  const auto rates = [&](double price) {
    std::vector<double> made;
    for (const SimulatedSource& source : population.sources)
      made.push_back(best_page_rate(source.rate_on(day), source.weight, price));
    return made;
  };
  const auto sum = [&](double price) {
    const auto made = rates(price);
    return std::accumulate(made.begin(), made.end(), 0.0);
  };
  return rates(where_falling(sum, budget, 1e-9, 1e9));
}

std::vector<double> best_feed_rates(const Population& population, double budget) {
  const auto rates = [&](double price) {
    std::vector<double> made;
    for (const SimulatedSource& source : population.sources)
      made.push_back(std::min(most_visits_a_day, std::sqrt(source.weight * source.rate_on(0) / (2 * price))));
    return made;
  };
  const auto sum = [&](double price) {
    const auto made = rates(price);
    return std::accumulate(made.begin(), made.end(), 0.0);
  };
  return rates(where_falling(sum, budget, 1e-9, 1e9));
}

// Pages whose rates change: shared out anew each day.
class OptimumOfChangingRates final : public FixedRates {
 public:
  OptimumOfChangingRates(const Population& population, double budget)
      : FixedRates(best_page_rates(population, budget, 0)), population_(population), budget_(budget) {}
  void look_around(double now) override { rates_ = best_page_rates(population_, budget_, now); }
  bool plans_anew() const override { return true; }
  double planned_visit(std::size_t source, double last_visit) override {
    return rates_[source] > 0 ? last_visit + 1 / rates_[source] : never;
  }

 private:
  const Population& population_;
  double budget_;
};

// Feeds with the true rhythm, at the price at which they spend the budget.
class OptimumInOfficeHours final : public SimulatedScheduler {
 public:
  OptimumInOfficeHours(const Population& population, double budget) : population_(population) {
    // Visits a day by the weighted rate at price 1: at another price they are those of the rate divided by
    // it.
    for (double rate = 1e-4; rate < 1e6; rate *= 1.25)
      visits_of_rate_.push_back({rate, visits_per_day(rate)});
    const auto sum = [&](double price) {
      double visits = 0;
      for (const SimulatedSource& source : population.sources)
        visits += visits_at(source.weight * source.rate_on(0) / price);
      return visits;
    };
    price_.price = where_falling(sum, budget, 1e-6, 1e4);
  }

  void look_around(double /*now*/) override {}
  double first_visit(std::size_t source) override { return static_cast<double>(source % 24) / 24; }
  double visited(std::size_t source, double now, std::span<const double> /*changes*/) override {
    const SimulatedSource& visited = population_.sources[source];
    return now + gap(visited.weight * visited.rate_on(0), price_, now);
  }

 private:
  static double gap(double weighted_rate, const FetchPrice& price, double now) {
    static const auto rhythm = office_rhythm();
    const VisitBounds bounds{1 / most_visits_a_day, never};
    return next_feed_visit(weighted_rate, rhythm, timestamp(now), bounds, price, 0).days;
  }
  static double visits_per_day(double weighted_rate) {
    constexpr double days = 28;
    double visits = 0;
    double now = 0;
    for (; now < days; ++visits) now += gap(weighted_rate, {1, 1}, now);
    return visits / now;
  }
  double visits_at(double weighted_rate) const {
    const auto above = std::upper_bound(visits_of_rate_.begin(), visits_of_rate_.end(), weighted_rate,
                                        [](double rate, const auto& point) { return rate < point.first; });
    if (above == visits_of_rate_.begin()) return 0;
    if (above == visits_of_rate_.end()) return visits_of_rate_.back().second;
    const auto below = std::prev(above);
    const double part = std::log(weighted_rate / below->first) / std::log(above->first / below->first);
    return below->second + part * (above->second - below->second);
  }

  const Population& population_;
  std::vector<std::pair<double, double>> visits_of_rate_;
  FetchPrice price_;
};

class Adaptive final : public SimulatedScheduler {
 public:
  Adaptive(const Population& population, double budget)
      : budget_(budget), intervals_(population.sources.size(), 1) {
    look_around(0);
  }

  void look_around(double /*now*/) override {
    const auto visits = [&](double scale) {
      double sum = 0;
      for (const double interval : intervals_) sum += 1 / scaled(interval, scale);
      return sum;
    };
    // Where the rule asks for more than the budget, what is due waits its turn: stretching all intervals
    // instead would leave everything to the few sources that change at every visit.
    scale_ = std::min(1.0, where_falling(visits, budget_, 1e-9, 1e9));
  }
  bool plans_anew() const override { return true; }
  double planned_visit(std::size_t source, double last_visit) override {
    return last_visit + scaled(intervals_[source], scale_);
  }
  double first_visit(std::size_t source) override {
    return static_cast<double>(source) / static_cast<double>(intervals_.size()) * scale_;
  }
  double visited(std::size_t source, double now, std::span<const double> changes) override {
    double& interval = intervals_[source];
    interval = std::clamp(interval * (changes.empty() ? 1.2 : 0.8), 1 / most_visits_a_day, 30.0);
    return planned_visit(source, now);
  }

 private:
  static double scaled(double interval, double scale) {
    return std::max(interval * scale, 1 / most_visits_a_day);
  }

  double budget_;
  double scale_ = 1;
  std::vector<double> intervals_;
};

}  // namespace

std::string scheduler_name(Scheduler scheduler) {
  switch (scheduler) {
    case Scheduler::learned:
      return "learned";
    case Scheduler::uniform:
      return "uniform";
    case Scheduler::proportional:
      return "proportional";
    case Scheduler::adaptive:
      return "adaptive";
    case Scheduler::optimum:
      return "optimum";
  }
  return "";
}

std::unique_ptr<SimulatedScheduler> make_scheduler(const Population& population, Scheduler scheduler,
                                                   const SimulationOptions& options) {
  const std::size_t count = population.sources.size();
  const double budget = options.visits_per_source_day * static_cast<double>(count);
  switch (scheduler) {
    case Scheduler::learned:
      return std::make_unique<Learned>(population, options);
    case Scheduler::uniform:
      return std::make_unique<FixedRates>(std::vector<double>(count, options.visits_per_source_day));
    case Scheduler::proportional:
      return std::make_unique<FixedRates>(proportional_rates(population, budget));
    case Scheduler::adaptive:
      return std::make_unique<Adaptive>(population, budget);
    case Scheduler::optimum:
      break;
  }
  if (population.feeds && population.office_hours)
    return std::make_unique<OptimumInOfficeHours>(population, budget);
  if (population.feeds) return std::make_unique<FixedRates>(best_feed_rates(population, budget));
  const bool steady = std::all_of(population.sources.begin(), population.sources.end(),
                                  [](const SimulatedSource& source) { return source.rates.size() == 1; });
  if (!steady) return std::make_unique<OptimumOfChangingRates>(population, budget);
  return std::make_unique<FixedRates>(best_page_rates(population, budget, 0));
}

}  // namespace stubkeeper::testing
