#pragma once

#include <array>
#include <cstddef>
#include <limits>

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

}  // namespace stubkeeper::crawler
