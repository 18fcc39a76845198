#include "crawler/revisit/change_rate.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

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

constexpr double lowest_log2_rate = -12;
constexpr double steps_per_octave = 3;
constexpr double prior_probability = 1.0 / ChangeRate::grid_size;
constexpr double change_points_per_day = 1.0 / 365;
constexpr double max_age_days = 365;

// log(1 - e^-x), also where x is so small that 1 - e^-x would be all rounding.
double log1mexp(double x) {
  return std::log(-std::expm1(-std::max(x, 1e-12)));
}

}  // namespace

const std::array<double, ChangeRate::grid_size>& ChangeRate::grid() {
  static const std::array<double, grid_size> rates = [] {
    std::array<double, grid_size> values{};
    for (std::size_t i = 0; i < grid_size; ++i)
      values[i] = std::exp2(lowest_log2_rate + static_cast<double>(i) / steps_per_octave);
    return values;
  }();
  return rates;
}

ChangeRate::ChangeRate() {
  probabilities_.fill(prior_probability);
}

std::optional<ChangeRate> ChangeRate::from_probabilities(std::span<const double> probabilities) {
  if (probabilities.size() != grid_size) return std::nullopt;
  const bool usable = std::all_of(probabilities.begin(), probabilities.end(),
                                  [](double p) { return std::isfinite(p) && p >= 0; });
  const double sum = std::accumulate(probabilities.begin(), probabilities.end(), 0.0);
  if (!usable || !std::isfinite(sum) || sum <= 0) return std::nullopt;
  ChangeRate rate;
  std::transform(probabilities.begin(), probabilities.end(), rate.probabilities_.begin(),
                 [sum](double p) { return p / sum; });
  return rate;
}

void ChangeRate::mix_in_prior(double days) {
  const double changed = -std::expm1(-change_points_per_day * days);
  for (double& p : probabilities_) p = (1 - changed) * p + changed * prior_probability;
}

template <typename LogLikelihood>
void ChangeRate::learn(LogLikelihood log_likelihood) {
  std::array<double, grid_size> logs{};
  for (std::size_t i = 0; i < grid_size; ++i)
    logs[i] = std::log(probabilities_[i]) + log_likelihood(grid()[i]);
  // Relative to the largest, so that a visit that every rate finds improbable does not underflow to
  // 0 for all.
  const double largest = *std::max_element(logs.begin(), logs.end());
  double sum = 0;
  for (std::size_t i = 0; i < grid_size; ++i) sum += probabilities_[i] = std::exp(logs[i] - largest);
  for (double& p : probabilities_) p /= sum;
}

void ChangeRate::observe_unchanged(double days) {
  mix_in_prior(days);
  learn([days](double rate) { return -rate * days; });
}

void ChangeRate::observe_changed(double days) {
  mix_in_prior(days);
  learn([days](double rate) { return log1mexp(rate * days); });
}

void ChangeRate::observe_changed(double days, double days_ago) {
  mix_in_prior(days);
  const double quiet = std::clamp(days_ago, 0.0, days);
  learn([quiet](double rate) { return std::log(rate) - rate * quiet; });
}

void ChangeRate::observe_age(double days_ago) {
  const double quiet = std::clamp(days_ago, 0.0, max_age_days);
  learn([quiet](double rate) { return std::log(rate) - rate * quiet; });
}

double ChangeRate::quantile(double probability) const {
  // Each rate's probability is spread evenly over its step of the logarithm.
  double below = 0;
  for (std::size_t i = 0; i < grid_size; ++i) {
    if (below + probabilities_[i] >= probability && probabilities_[i] > 0) {
      const double part = std::clamp((probability - below) / probabilities_[i], 0.0, 1.0);
      return grid()[i] * std::exp2((part - 0.5) / steps_per_octave);
    }
    below += probabilities_[i];
  }
  return grid().back();
}

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
