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

void ItemRate::observe(double days, std::span<const double> ages, int undated) {
  const double decay = std::exp2(-days / half_life_days);
  counts_.items = counts_.items * decay + static_cast<double>(ages.size()) + undated;
  counts_.days = counts_.days * decay + days;

  const double recent_decay = std::exp2(-days / recent_half_life_days);
  // Of the days that went by, what is left when each fades since it was: the integral of 2^(-age /
  // half-life).
  const double decayed_days = recent_half_life_days / std::numbers::ln2 * (1 - recent_decay);
  counts_.recent_items = counts_.recent_items * recent_decay + undated * (days > 0 ? decayed_days / days : 1);
  for (const double age : ages) counts_.recent_items += std::exp2(-age / recent_half_life_days);
  counts_.recent_days = counts_.recent_days * recent_decay + decayed_days;
}

double ItemRate::long_run_rate() const {
  return (prior_items + counts_.items) / (prior_days + counts_.days);
}

double ItemRate::expected() const {
  const double steady = long_run_rate();
  return std::max(steady, (prior_recent_items + counts_.recent_items) /
                              (prior_recent_items / steady + counts_.recent_days));
}

ItemRate ItemRate::from_counts(const Counts& counts) {
  ItemRate rate;
  rate.counts_ = {finite_or_0(counts.items), finite_or_0(counts.days), finite_or_0(counts.recent_items),
                  finite_or_0(counts.recent_days)};
  return rate;
}

}  // namespace stubkeeper::crawler
