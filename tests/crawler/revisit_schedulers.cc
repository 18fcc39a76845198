#include "tests/crawler/revisit_schedulers.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "crawler/revisit/change_model.h"
#include "crawler/revisit/next_visit.h"

namespace stubkeeper::testing {
namespace {

using namespace stubkeeper::crawler;

constexpr double never = VisitValue::never;
constexpr double max_visits_per_day = 24;  // in steps of an hour

Timestamp timestamp(double day) {
  static const Timestamp monday = *parse_rfc3339("2026-01-05");
  return monday + std::chrono::milliseconds{static_cast<std::int64_t>(day * 86'400'000)};
}

// The x in [low, high] at which a falling function is `wanted`.
double solve_decreasing(const std::function<double(double)>& function, double wanted, double low, double high) {
  for (int i = 0; i < 200 && high > low * (1 + 1e-12); ++i) {
    const double middle = std::sqrt(low * high);
    (function(middle) > wanted ? low : high) = middle;
  }
  return std::sqrt(low * high);
}

// The scheduler of the product. It is told what a visit sees: of a page whether it changed, of a feed the
// items' dates.
class LearnedScheduler final : public SimulatedScheduler {
 public:
  LearnedScheduler(const Population& population, const SimulationOptions& options)
      : population_(population),
        learn_weekly_pattern_(options.learn_weekly_pattern),
        fetches_per_day_(options.visits_per_source_day * static_cast<double>(population.sources.size())),
        change_models_(population.sources.size()) {
    for (std::size_t i = 0; i < change_models_.size(); ++i) shares_.push_back({value(i), bounds});
    update_prices(0);
  }

  void update_prices(double /*now*/) override { price_ = compute_fetch_price(shares_, fetches_per_day_); }
  double first_visit(std::size_t /*source*/) override { return 0; }

  double visited(std::size_t source, double now, std::span<const double> changes) override {
    ChangeModel& change_model = change_models_[source];
    const Timestamp at = timestamp(now);
    if (population_.feeds) {
      std::vector<Timestamp> dates;
      for (const double change : changes) dates.push_back(timestamp(change));
      change_model.observe_feed(at, static_cast<int>(changes.size()), dates);
    } else {
      change_model.observe_page(at, !changes.empty(), {});
    }
    shares_[source].value = value(source);
    if (!population_.feeds) return now + next_page_visit(shares_[source].value, bounds, price_, source).days;
    const double weighted_rate = population_.sources[source].weight * change_model.item_rate().expected();
    return now + next_feed_visit(weighted_rate, weekly_pattern(source), at, bounds, price_, source).days;
  }

  double urgency(std::size_t source, double now, double /*due*/, double last_visit) const override {
    if (!change_models_[source].last_visit()) return never;
    return crawler::urgency(shares_[source].value, bounds, price_, now - last_visit);
  }

 private:
  static constexpr VisitBounds bounds{1.0 / 24, 30};

  WeeklyPattern::RelativeRates weekly_pattern(std::size_t source) const {
    return learn_weekly_pattern_ ? change_models_[source].weekly_pattern().relative_rates() : WeeklyPattern{}.relative_rates();
  }
  VisitValue value(std::size_t source) const {
    const ChangeModel& change_model = change_models_[source];
    const double weight = population_.sources[source].weight;
    return population_.feeds ? VisitValue::of_feed(change_model.item_rate().expected(), weekly_pattern(source), weight)
                             : VisitValue::of_page(change_model.rate(), weight);
  }

  const Population& population_;
  bool learn_weekly_pattern_;
  double fetches_per_day_;
  std::vector<ChangeModel> change_models_;
  std::vector<BudgetShare> shares_;
  FetchPrice price_;
};

// Each source at a fixed rate of visits; 0 is never.
class FixedRateScheduler : public SimulatedScheduler {
 public:
  explicit FixedRateScheduler(std::vector<double> rates) : rates_(std::move(rates)), planned_(rates_.size(), 0) {}

  void update_prices(double /*now*/) override {}
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
    std::vector<double> visit_rates;
    for (const SimulatedSource& source : population.sources)
      visit_rates.push_back(std::min(max_visits_per_day, source.rate_on(0) / interest));
    return visit_rates;
  };
  const auto sum = [&](double interest) {
    const auto visit_rates = rates(interest);
    return std::accumulate(visit_rates.begin(), visit_rates.end(), 0.0);
  };
  return rates(solve_decreasing(sum, budget, 1e-9, 1e9));
}

// The visits a day that make weight × (1 - e^(-x)(1 + x)) / rate, with x = rate / visits, equal to the price.
double best_page_rate(double rate, double weight, double price) {
  const double wanted = price * rate / weight;
  if (rate <= 0 || wanted >= 1) return 0;
  const double x = solve_decreasing([](double y) { return std::exp(-y) * (1 + y); }, 1 - wanted, 1e-9, 1e3);
  return std::min(max_visits_per_day, rate / x);
}

std::vector<double> best_page_rates(const Population& population, double budget, double day) {
  const auto rates = [&](double price) {
    std::vector<double> visit_rates;
    for (const SimulatedSource& source : population.sources)
      visit_rates.push_back(best_page_rate(source.rate_on(day), source.weight, price));
    return visit_rates;
  };
  const auto sum = [&](double price) {
    const auto visit_rates = rates(price);
    return std::accumulate(visit_rates.begin(), visit_rates.end(), 0.0);
  };
  return rates(solve_decreasing(sum, budget, 1e-9, 1e9));
}

std::vector<double> best_feed_rates(const Population& population, double budget) {
  const auto rates = [&](double price) {
    std::vector<double> visit_rates;
    for (const SimulatedSource& source : population.sources)
      visit_rates.push_back(std::min(max_visits_per_day, std::sqrt(source.weight * source.rate_on(0) / (2 * price))));
    return visit_rates;
  };
  const auto sum = [&](double price) {
    const auto visit_rates = rates(price);
    return std::accumulate(visit_rates.begin(), visit_rates.end(), 0.0);
  };
  return rates(solve_decreasing(sum, budget, 1e-9, 1e9));
}

// Pages whose rates change: shared out anew each day.
class ChangingRatesOptimum final : public FixedRateScheduler {
 public:
  ChangingRatesOptimum(const Population& population, double budget)
      : FixedRateScheduler(best_page_rates(population, budget, 0)), population_(population), budget_(budget) {}
  void update_prices(double now) override { rates_ = best_page_rates(population_, budget_, now); }
  bool replans() const override { return true; }
  double replan_visit(std::size_t source, double last_visit) override {
    return rates_[source] > 0 ? last_visit + 1 / rates_[source] : never;
  }

 private:
  const Population& population_;
  double budget_;
};

// Feeds with the true rhythm, at the price at which they spend the budget.
class OfficeHoursOptimum final : public SimulatedScheduler {
 public:
  OfficeHoursOptimum(const Population& population, double budget) : population_(population) {
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
    price_.price = solve_decreasing(sum, budget, 1e-6, 1e4);
  }

  void update_prices(double /*now*/) override {}
  double first_visit(std::size_t source) override { return static_cast<double>(source % 24) / 24; }
  double visited(std::size_t source, double now, std::span<const double> /*changes*/) override {
    const SimulatedSource& visited = population_.sources[source];
    return now + gap(visited.weight * visited.rate_on(0), price_, now);
  }

 private:
  static double gap(double weighted_rate, const FetchPrice& price, double now) {
    static const auto weekly_pattern = office_hours_pattern();
    const VisitBounds bounds{1 / max_visits_per_day, never};
    return next_feed_visit(weighted_rate, weekly_pattern, timestamp(now), bounds, price, 0).days;
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

class AdaptiveScheduler final : public SimulatedScheduler {
 public:
  AdaptiveScheduler(const Population& population, double budget)
      : budget_(budget), intervals_(population.sources.size(), 1) {
    update_prices(0);
  }

  void update_prices(double /*now*/) override {
    const auto visits = [&](double scale) {
      double sum = 0;
      for (const double interval : intervals_) sum += 1 / scaled(interval, scale);
      return sum;
    };
    // Where the rule asks for more than the budget, what is due waits its turn: stretching all intervals
    // instead would leave everything to the few sources that change at every visit.
    scale_ = std::min(1.0, solve_decreasing(visits, budget_, 1e-9, 1e9));
  }
  bool replans() const override { return true; }
  double replan_visit(std::size_t source, double last_visit) override {
    return last_visit + scaled(intervals_[source], scale_);
  }
  double first_visit(std::size_t source) override {
    return static_cast<double>(source) / static_cast<double>(intervals_.size()) * scale_;
  }
  double visited(std::size_t source, double now, std::span<const double> changes) override {
    double& interval = intervals_[source];
    interval = std::clamp(interval * (changes.empty() ? 1.2 : 0.8), 1 / max_visits_per_day, 30.0);
    return replan_visit(source, now);
  }

 private:
  static double scaled(double interval, double scale) {
    return std::max(interval * scale, 1 / max_visits_per_day);
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
      return std::make_unique<LearnedScheduler>(population, options);
    case Scheduler::uniform:
      return std::make_unique<FixedRateScheduler>(std::vector<double>(count, options.visits_per_source_day));
    case Scheduler::proportional:
      return std::make_unique<FixedRateScheduler>(proportional_rates(population, budget));
    case Scheduler::adaptive:
      return std::make_unique<AdaptiveScheduler>(population, budget);
    case Scheduler::optimum:
      break;
  }
  if (population.feeds && population.office_hours)
    return std::make_unique<OfficeHoursOptimum>(population, budget);
  if (population.feeds) return std::make_unique<FixedRateScheduler>(best_feed_rates(population, budget));
  const bool steady = std::all_of(population.sources.begin(), population.sources.end(),
                                  [](const SimulatedSource& source) { return source.rates.size() == 1; });
  if (!steady) return std::make_unique<ChangingRatesOptimum>(population, budget);
  return std::make_unique<FixedRateScheduler>(best_page_rates(population, budget, 0));
}

}  // namespace stubkeeper::testing
