#include "crawler/revisit/fetch_price.h"

#include <algorithm>
#include <cmath>

namespace stubkeeper::crawler {
namespace {

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

}  // namespace stubkeeper::crawler
