#pragma once

#include <span>

#include "crawler/revisit/visit_value.h"

namespace stubkeeper::crawler {

// The least and the most days between two visits to a source. `min_days` is from the configuration,
// Cache-Control and a feed's own hints, and goes before `max_days`.
struct VisitBounds {
  double min_days = 0;
  double max_days = VisitValue::never;
};

// A source that competes for the budget.
struct BudgetShare {
  VisitValue value;
  VisitBounds bounds;
};

// The price of a fetch, in the unit of VisitValue. `max_interval_factor` (at least 1) multiplies
// each source's longest interval: where visits at the longest intervals alone would take more than
// half of the budget, these intervals grow until they take half, so that no source starves and
// there is still a choice.
struct FetchPrice {
  double price = 0;
  double max_interval_factor = 1;
};

// The price at which all sources together want `fetches_per_day` (over 0) visits a day, each as
// soon as it is worth the price and within its bounds: the Lagrange multiplier of the budget, by
// bisection to a thousandth. 0 where the budget suffices for every source at its least interval.
FetchPrice compute_fetch_price(std::span<const BudgetShare> shares, double fetches_per_day);

// The bounds at a price.
VisitBounds stretch_bounds(VisitBounds bounds, const FetchPrice& price);

}  // namespace stubkeeper::crawler
