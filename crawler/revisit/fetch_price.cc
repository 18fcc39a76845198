#include "crawler/revisit/fetch_price.h"

#include <algorithm>
#include <cmath>

namespace stubkeeper::crawler {
namespace {

constexpr double most_for_longest_intervals = 0.5;  // of the budget
constexpr double lowest_price = 1e-12;
constexpr double highest_price = 1e12;
constexpr double precision = 1e-3;
// Nothing is looked at more often, so that a source without a least interval has a finite rate.
constexpr double shortest_days = 1.0 / (24 * 60);

double interval(const BudgetShare& share, const FetchPrice& price) {
  const VisitBounds bounds = stretched(share.bounds, price);
  const double wanted = std::min(share.value.days_until_worth(price.price), bounds.longest_days);
  return std::max({wanted, bounds.least_days, shortest_days});
}

double visits_per_day(std::span<const BudgetShare> shares, const FetchPrice& price) {
  double visits = 0;
  for (const BudgetShare& share : shares) visits += 1 / interval(share, price);
  return visits;
}

}  // namespace

VisitBounds stretched(VisitBounds bounds, const FetchPrice& price) {
  return {bounds.least_days, std::max(bounds.least_days, bounds.longest_days * price.longest_stretch)};
}

FetchPrice fetch_price(std::span<const BudgetShare> shares, double fetches_per_day) {
  FetchPrice found;
  double longest_take = 0;
  for (const BudgetShare& share : shares)
    longest_take += 1 / std::max(share.bounds.longest_days, share.bounds.least_days);
  found.longest_stretch = std::max(1.0, longest_take / (most_for_longest_intervals * fetches_per_day));
  if (visits_per_day(shares, found) <= fetches_per_day) return found;
  double low = lowest_price;
  double high = highest_price;
  while (high > low * (1 + precision)) {
    found.price = std::sqrt(low * high);
    (visits_per_day(shares, found) > fetches_per_day ? low : high) = found.price;
  }
  found.price = high;
  return found;
}

}  // namespace stubkeeper::crawler
