#pragma once

#include <span>

#include "crawler/revisit/visit_value.h"

namespace stubkeeper::crawler {

// The time between two looks at a source, in days: never less than `least` (which the caller takes from the
// configuration, Cache-Control, a feed's own hints), and never more than `longest` where `least` allows it.
struct VisitBounds {
  double min_days = 0;
  double max_days = VisitValue::never;
};

// What competes for the budget.
struct BudgetShare {
  VisitValue value;
  VisitBounds bounds;
};

// The price of a fetch, in the unit of VisitValue. `max_interval_factor` (at least 1) multiplies each source's
// longest interval: where the budget is so small that looking at everything within its longest interval would
// take more than half of it, those intervals grow until it takes half, so that none starves and there is
// still something to choose.
struct FetchPrice {
  double price = 0;
  double max_interval_factor = 1;
};

// The price at which all sources together want `fetches_per_day` (over 0) visits a day, each as soon as it is
// worth the price and within its bounds: the Lagrange multiplier of the budget, found by bisection to a
// thousandth. 0 where the budget pays for every source at its least interval.
FetchPrice compute_fetch_price(std::span<const BudgetShare> shares, double fetches_per_day);

// The bounds as they hold at a price.
VisitBounds stretch_bounds(VisitBounds bounds, const FetchPrice& price);

}  // namespace stubkeeper::crawler
