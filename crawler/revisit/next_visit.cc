#include "crawler/revisit/next_visit.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <vector>

namespace stubkeeper::crawler {
namespace {

constexpr double lowest_log2_days = -6;
constexpr double steps_per_octave = 3;

// (1 - e^(-λτ) (1 + λτ)) / λ
double page_value(double rate, double days) {
  const double changes = rate * days;
  // For small λτ the difference is all rounding; the series begins (λτ)²/2 - (λτ)³/3.
  if (changes < 1e-4) return rate * days * days * (0.5 - changes / 3);
  return (1 - std::exp(-changes) * (1 + changes)) / rate;
}

constexpr double max_share_for_max_intervals = 0.5;  // of the budget
constexpr double min_price = 1e-12;
constexpr double max_price = 1e12;
constexpr double precision = 1e-3;
// The shortest of all intervals, so that a source without a least interval has a finite rate.
constexpr double min_interval_days = 1.0 / (24 * 60);

double interval(const BudgetShare& share, const FetchPrice& price) {
  const VisitBounds bounds = stretch_bounds(share.bounds, price);
  const double wanted = std::min(share.value.days_until_worth(price.price), bounds.max_days);
  return std::max({wanted, bounds.min_days, min_interval_days});
}

double visits_per_day(std::span<const BudgetShare> shares, const FetchPrice& price) {
  double visits = 0;
  for (const BudgetShare& share : shares) visits += 1 / interval(share, price);
  return visits;
}

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

VisitBounds stretch_bounds(VisitBounds bounds, const FetchPrice& price) {
  return {bounds.min_days, std::max(bounds.min_days, bounds.max_days * price.max_interval_factor)};
}

FetchPrice compute_fetch_price(std::span<const BudgetShare> shares, double fetches_per_day) {
  FetchPrice found;
  double max_interval_visits = 0;
  for (const BudgetShare& share : shares)
    max_interval_visits += 1 / std::max(share.bounds.max_days, share.bounds.min_days);
  found.max_interval_factor =
      std::max(1.0, max_interval_visits / (max_share_for_max_intervals * fetches_per_day));
  if (visits_per_day(shares, found) <= fetches_per_day) return found;
  double low = min_price;
  double high = max_price;
  while (high > low * (1 + precision)) {
    found.price = std::sqrt(low * high);
    (visits_per_day(shares, found) > fetches_per_day ? low : high) = found.price;
  }
  found.price = high;
  return found;
}

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

double VisitValue::days_at(std::size_t index) {
  return std::exp2(lowest_log2_days + static_cast<double>(index) / steps_per_octave);
}

const std::array<std::array<double, ChangeRate::grid_size>, VisitValue::grid_size>& VisitValue::page_table() {
  static const auto table = [] {
    std::array<std::array<double, ChangeRate::grid_size>, grid_size> values{};
    for (std::size_t i = 0; i < grid_size; ++i) {
      for (std::size_t k = 0; k < ChangeRate::grid_size; ++k)
        values[i][k] = page_value(ChangeRate::grid()[k], days_at(i));
    }
    return values;
  }();
  return table;
}

VisitValue VisitValue::of_page(const ChangeRate& rate, double weight) {
  VisitValue value;
  const auto& probabilities = rate.probabilities();
  for (std::size_t i = 0; i < grid_size; ++i) {
    const auto& row = page_table()[i];
    value.values_[i] = weight * std::inner_product(row.begin(), row.end(), probabilities.begin(), 0.0);
  }
  return value;
}

VisitValue VisitValue::of_feed(double items_per_day, const WeeklyPattern::RelativeRates& weekly_pattern, double weight) {
  constexpr double log2_hourly_days = -2;    // intervals up to six hours follow the rhythm
  constexpr double log2_weekly_days = 1.8;  // from three and a half days on they do not
  constexpr auto day_hours = static_cast<std::size_t>(hours_of_day);
  double root = 0;
  for (std::size_t day = 0; day < weekly_pattern.size(); day += day_hours) {
    double day_mean = 0;
    for (std::size_t hour = day; hour < day + day_hours; ++hour)
      day_mean += std::sqrt(weekly_pattern[hour]) / hours_of_day;
    root = std::max(root, day_mean);
  }
  VisitValue value;
  for (std::size_t i = 0; i < grid_size; ++i) {
    const double days = days_at(i);
    const double steady = std::clamp(
        (std::log2(days) - log2_hourly_days) / (log2_weekly_days - log2_hourly_days), 0.0, 1.0);
    const double share_of_visits = root + (1 - root) * steady;
    value.values_[i] = weight * items_per_day / 2 * days * days * share_of_visits * share_of_visits;
  }
  return value;
}

double VisitValue::after(double days) const {
  const double shortest = days_at(0);
  if (days <= shortest) return values_[0] * days * days / (shortest * shortest);
  const double place = (std::log2(days) - lowest_log2_days) * steps_per_octave;
  if (place >= grid_size - 1) return values_.back();
  const auto below = static_cast<std::size_t>(place);
  const double part = place - static_cast<double>(below);
  return std::pow(values_[below], 1 - part) * std::pow(values_[below + 1], part);
}

double VisitValue::days_until_worth(double price) const {
  if (!(price < values_.back())) return never;
  if (price <= values_[0]) return days_at(0) * std::sqrt(price / values_[0]);
  const auto above =
      static_cast<std::size_t>(std::upper_bound(values_.begin(), values_.end(), price) - values_.begin());
  const double part = std::log(price / values_[above - 1]) / std::log(values_[above] / values_[above - 1]);
  return days_at(above - 1) * std::exp2(part / steps_per_octave);
}

}  // namespace stubkeeper::crawler
