#include "crawler/revisit/weekly_pattern.h"

#include <chrono>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t hours = 24;
constexpr std::size_t days = 7;
constexpr std::size_t days_with_items_index = hours + days;  // their place in the counts
constexpr std::size_t last_day_with_items_index = days_with_items_index + 1;
// Of the variance of a count, what smoothing with the weights 1/4, 1/2, 1/4 leaves.
constexpr double smoothing_variance_factor = 0.375;
constexpr double half_life_days = 90;

// Moves values whose mean is 1 towards 1, all the way where their variance is no more than is
// expected of chance.
template <std::size_t size>
void shrink(std::array<double, size>& values, double expected_variance) {
  double variance = 0;
  for (const double value : values) variance += (value - 1) * (value - 1) / (size - 1);
  const double factor = variance > expected_variance ? 1 - expected_variance / variance : 0;
  for (double& value : values) value = 1 + factor * (value - 1);
}

}  // namespace

std::size_t hour_of_week(Timestamp at) {
  const auto since_1970 = std::chrono::floor<std::chrono::hours>(at).time_since_epoch().count();
  constexpr std::int64_t thursday = 3;  // 1970-01-01
  constexpr auto week = static_cast<std::int64_t>(WeeklyPattern::hours_of_week);
  return static_cast<std::size_t>(((since_1970 + thursday * 24) % week + week) % week);
}

void WeeklyPattern::observe_item(Timestamp at) {
  const std::size_t hour = hour_of_week(at);
  counts_[hour % hours] += 1;
  counts_[hours + hour / hours] += 1;
  const auto day = static_cast<double>(std::chrono::floor<std::chrono::days>(at).time_since_epoch().count());
  if (day > counts_[last_day_with_items_index]) {
    counts_[days_with_items_index] += 1;
    counts_[last_day_with_items_index] = day;
  }
}

void WeeklyPattern::fade(double elapsed_days) {
  const double factor = std::exp2(-elapsed_days / half_life_days);
  for (std::size_t i = 0; i <= days_with_items_index; ++i) counts_[i] *= factor;
}

WeeklyPattern::RelativeRates WeeklyPattern::relative_rates() const {
  RelativeRates rates{};
  rates.fill(1);
  const double items = std::accumulate(counts_.begin(), counts_.begin() + hours, 0.0);
  if (items <= 0) return rates;
  std::array<double, hours> of_hour{};
  for (std::size_t hour = 0; hour < hours; ++hour) {
    const double smooth =
        (counts_[(hour + hours - 1) % hours] + 2 * counts_[hour] + counts_[(hour + 1) % hours]) / 4;
    of_hour[hour] = hours * smooth / items;
  }
  std::array<double, days> of_day{};
  for (std::size_t day = 0; day < days; ++day) of_day[day] = days * counts_[hours + day] / items;
  const double seen = counts_[days_with_items_index];
  shrink(of_hour, hours * smoothing_variance_factor / seen);
  shrink(of_day, days / seen);
  for (std::size_t i = 0; i < hours_of_week; ++i) rates[i] = of_hour[i % hours] * of_day[i / hours];
  return rates;
}

WeeklyPattern WeeklyPattern::from_counts(const std::array<double, counts_size>& counts) {
  WeeklyPattern weekly_pattern;
  for (std::size_t i = 0; i < counts_size; ++i)
    weekly_pattern.counts_[i] = std::isfinite(counts[i]) && counts[i] >= 0 ? counts[i] : 0;
  return weekly_pattern;
}

}  // namespace stubkeeper::crawler
