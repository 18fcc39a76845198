#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "crawler/revisit/change_rate.h"
#include "crawler/revisit/weekly_pattern.h"

namespace stubkeeper::crawler {

// The value of one more visit a day to a source, by the time since its last visit, by which sources
// share a budget. The cost is, at any time, the sum over the sources of
//   of a page   weight × (1 if it changed since it was last visited, else 0)
//   of a feed   weight × items that were not fetched yet
// so that an outdated page costs as much as one waiting item. A budget is spent best where the last
// visit to each source has the same value, the price μ of a fetch (Lagrange). With visits every τ
// days to a Poisson source:
//
//   page   Cho and Garcia-Molina ("Effective page refresh policies for web crawlers", ACM TODS 28(4),
//          2003): it is fresh for (1 - e^(-λτ)) / (λτ) of the time. The derivative by the visits a
//          day, 1/τ, is V(τ) = weight × (1 - e^(-λτ) (1 + λτ)) / λ, which rises to weight / λ: a page
//          that changes faster than weight / μ is not worth it.
//   feed   Sia, Cho and Cho (2007): λτ/2 items wait on average, so V(τ) = weight × λτ²/2, and visits
//          a day go with sqrt(weight × λ). Items at certain hours need fewer visits for the same
//          price: with many visits a day the mean of sqrt(weekly pattern) as many, of the day that
//          needs the most; with days between visits as many; in between, in between.
//
// λ is a distribution, so V is its expectation. Visiting each source as soon as V(τ) ≥ μ needs
// nothing but its own clock (Azar et al., "Tractable near-optimal policies for crawling", PNAS
// 115(32), 2018).
class VisitValue {
 public:
  static VisitValue of_page(const ChangeRate& rate, double weight);
  static VisitValue of_feed(double items_per_day, const WeeklyPattern::RelativeRates& weekly_pattern, double weight);

  // V(days), in weighted page-days out of date (or item-days of waiting) that a visit saves; rises
  // with days.
  double after(double days) const;
  // The days after which a visit is worth `price`, or never.
  double days_until_worth(double price) const;

  static constexpr double never = std::numeric_limits<double>::infinity();

 private:
  // V at days from 20 minutes to 11 years, a third of an octave apart; in between a power law.
  static constexpr std::size_t grid_size = 55;
  static double days_at(std::size_t index);
  static const std::array<std::array<double, ChangeRate::grid_size>, grid_size>& page_table();

  std::array<double, grid_size> values_{};
};

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

// The reason for the time of a visit.
enum class VisitReason {
  worth_its_price,   // V reaches the price of a fetch then
  after_usual_hour,  // the same, moved to when most items of a feed's usual hours are waiting
  min_interval,      // it would be worth it earlier
  max_interval,      // it would be worth it later or never
};

struct NextVisit {
  double days = 0;  // from this visit on
  VisitReason reason = VisitReason::worth_its_price;
};

// The next visit to a page: when V reaches the price, within the bounds. It varies by up to a
// twentieth either way, always the same for a `source_id`, so that sources that were added together
// are not due together.
NextVisit next_page_visit(const VisitValue& value, const VisitBounds& bounds, const FetchPrice& price,
                          std::uint64_t source_id);

// The same for a feed of `weighted_rate` (weight × items a day) with items at the hours of
// `weekly_pattern`: of all sequences of visits over the next days, the first visit of the one with
// the least cost of waiting items and visits (shortest path over steps of 5 minutes to an hour, as
// Eckstein, Gal and Reiner, "Monitoring an information source under a politeness constraint",
// INFORMS J. Computing 20(1), 2008, for a fixed number of visits). Hours are ignored where a visit
// pays less often than every three and a half days.
NextVisit next_feed_visit(double weighted_rate, const WeeklyPattern::RelativeRates& weekly_pattern, Timestamp now,
                          const VisitBounds& bounds, const FetchPrice& price, std::uint64_t source_id);

// The urgency of a visit `days` after the last one: 1 where it is due by its value or its longest
// interval, 2 at twice that. Over budget, the most urgent go first; urgency grows without end, so
// that no source waits for ever.
double urgency(const VisitValue& value, const VisitBounds& bounds, const FetchPrice& price, double days);

}  // namespace stubkeeper::crawler
