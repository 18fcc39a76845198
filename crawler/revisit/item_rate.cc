#include "crawler/revisit/item_rate.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace stubkeeper::crawler {
namespace {

constexpr double prior_items = 0.3;
constexpr double prior_days = 0.3;
constexpr double prior_recent_items = 3;
constexpr double half_life_days = 180;
constexpr double recent_half_life_days = 2;

double finite_or_0(double value) {
  return std::isfinite(value) && value >= 0 ? value : 0;
}

}  // namespace

void ItemRate::saw(double days, std::span<const double> ages, int undated) {
  const double kept = std::exp2(-days / half_life_days);
  counts_.items = counts_.items * kept + static_cast<double>(ages.size()) + undated;
  counts_.days = counts_.days * kept + days;

  const double recently_kept = std::exp2(-days / recent_half_life_days);
  // Of the days that went by, what is left when each fades since it was: the integral of 2^(-age /
  // half-life).
  const double fresh_days = recent_half_life_days / std::numbers::ln2 * (1 - recently_kept);
  counts_.recent_items = counts_.recent_items * recently_kept + undated * (days > 0 ? fresh_days / days : 1);
  for (const double age : ages) counts_.recent_items += std::exp2(-age / recent_half_life_days);
  counts_.recent_days = counts_.recent_days * recently_kept + fresh_days;
}

double ItemRate::in_the_long_run() const {
  return (prior_items + counts_.items) / (prior_days + counts_.days);
}

double ItemRate::expected() const {
  const double steady = in_the_long_run();
  return std::max(steady, (prior_recent_items + counts_.recent_items) /
                              (prior_recent_items / steady + counts_.recent_days));
}

ItemRate ItemRate::of(const Counts& counts) {
  ItemRate rate;
  rate.counts_ = {finite_or_0(counts.items), finite_or_0(counts.days), finite_or_0(counts.recent_items),
                  finite_or_0(counts.recent_days)};
  return rate;
}

}  // namespace stubkeeper::crawler
