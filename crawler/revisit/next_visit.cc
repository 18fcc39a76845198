#include "crawler/revisit/next_visit.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace stubkeeper::crawler {
namespace {

constexpr double max_jitter = 0.05;
constexpr double hours_of_day = 24;

// Between 1 - max_jitter and 1 + max_jitter. A multiplicative hash puts neighbouring ids far apart.
double jitter(std::uint64_t source_id) {
  constexpr std::uint64_t golden_ratio = 0x9E3779B97F4A7C15U;
  constexpr double largest = 18446744073709551616.0;
  const double fraction = static_cast<double>(source_id * golden_ratio) / largest;
  return 1 + max_jitter * (2 * fraction - 1);
}

NextVisit clamp_to_bounds(double days, VisitReason reason, const VisitBounds& bounds) {
  if (days < bounds.min_days) return {bounds.min_days, VisitReason::min_interval};
  if (days > bounds.max_days) return {std::max(bounds.max_days, bounds.min_days), VisitReason::max_interval};
  return {days, reason};
}

// The items of a feed that come from now on, in steps of time.
class ExpectedItems {
 public:
  ExpectedItems(double weighted_rate, const WeeklyPattern::RelativeRates& weekly_pattern, Timestamp now,
                double step_hours, std::size_t steps)
      : step_days_(step_hours / hours_of_day), items_(steps + 1), first_moments_(steps + 1) {
    using Hours = std::chrono::duration<double, std::ratio<3600>>;
    for (std::size_t step = 0; step < steps; ++step) {
      const double middle = static_cast<double>(step) + 0.5;
      const auto at = now + std::chrono::duration_cast<std::chrono::milliseconds>(Hours{middle * step_hours});
      const double items = weighted_rate * step_days_ * weekly_pattern[hour_of_week(at)];
      items_[step + 1] = items_[step] + items;
      first_moments_[step + 1] = first_moments_[step] + items * middle;
    }
  }

  // Weighted item-days waited by those that come from one step to another, if they are fetched at
  // its end.
  double total_wait(std::size_t from, std::size_t to) const {
    return step_days_ * (static_cast<double>(to) * (items_[to] - items_[from]) -
                         (first_moments_[to] - first_moments_[from]));
  }

 private:
  double step_days_;
  std::vector<double> items_;          // that come before each step, weighted
  std::vector<double> first_moments_;  // the same, each times the step in whose middle it comes
};

// Of the gaps from `least` to `most` steps until the first visit, the one of the cheapest sequence
// of visits that covers `steps`. A sequence that ends beyond pays `cost_of_step` less for each step
// that it is beyond.
std::size_t cheapest_first_gap(const ExpectedItems& items, double price, double cost_of_step,
                               std::size_t steps, std::size_t min_gap, std::size_t max_gap) {
  std::vector<double> cost(steps + max_gap + 1);
  for (std::size_t step = steps; step < cost.size(); ++step)
    cost[step] = -cost_of_step * static_cast<double>(step - steps);
  std::size_t best_gap = min_gap;
  for (std::size_t step = steps; step-- > 0;) {
    cost[step] = VisitValue::never;
    for (std::size_t gap = min_gap; gap <= max_gap; ++gap) {
      const double total = items.total_wait(step, step + gap) + price + cost[step + gap];
      if (total < cost[step]) {
        cost[step] = total;
        best_gap = gap;
      }
    }
  }
  return best_gap;
}

}  // namespace

NextVisit next_page_visit(const VisitValue& value, const VisitBounds& bounds, const FetchPrice& price,
                          std::uint64_t source_id) {
  return clamp_to_bounds(value.days_until_worth(price.price) * jitter(source_id),
                         VisitReason::worth_its_price, stretch_bounds(bounds, price));
}

NextVisit next_feed_visit(double weighted_rate, const WeeklyPattern::RelativeRates& weekly_pattern,
                          Timestamp now, const VisitBounds& bounds, const FetchPrice& price,
                          std::uint64_t source_id) {
  constexpr double max_days_for_hourly_planning = 3.5;
  const VisitBounds allowed = stretch_bounds(bounds, price);
  const double steady_days = std::sqrt(2 * price.price / weighted_rate);
  if (!(steady_days <= max_days_for_hourly_planning) || steady_days <= 0)
    return clamp_to_bounds(steady_days * jitter(source_id), VisitReason::worth_its_price, allowed);

  const double step_hours = std::clamp(steady_days * hours_of_day / 6, 1.0 / 12, 1.0);
  const auto to_steps = [&](double days) {
    return static_cast<std::size_t>(std::ceil(days * hours_of_day / step_hours));
  };
  const std::size_t min_gap =
      std::max<std::size_t>(1, to_steps(std::min(allowed.min_days, max_days_for_hourly_planning)));
  // Half a day bridges a night, three steady intervals most weekends.
  const std::size_t max_gap = min_gap + to_steps(std::max(3 * steady_days, 0.5));
  const std::size_t steps = to_steps(std::max(4 * steady_days, 1.0));
  const ExpectedItems items{weighted_rate, weekly_pattern, now, step_hours, steps + max_gap};
  const double cost_of_step = 2 * price.price / steady_days * step_hours / hours_of_day;
  const std::size_t gap = cheapest_first_gap(items, price.price, cost_of_step, steps, min_gap, max_gap);
  const double days = static_cast<double>(gap) * step_hours / hours_of_day;
  return clamp_to_bounds(days + (jitter(source_id) - 1) * std::min(days, step_hours / hours_of_day),
                         VisitReason::after_usual_hour, allowed);
}

double urgency(const VisitValue& value, const VisitBounds& bounds, const FetchPrice& price, double days) {
  const double interval_urgency = days / stretch_bounds(bounds, price).max_days;
  if (price.price <= 0) return interval_urgency;
  return std::max(value.after(days) / price.price, interval_urgency);
}

}  // namespace stubkeeper::crawler
