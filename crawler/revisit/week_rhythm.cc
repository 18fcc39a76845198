#include "crawler/revisit/week_rhythm.h"

#include <cmath>
#include <numeric>

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t hours = 24;
constexpr std::size_t days = 7;
constexpr std::size_t days_with_items = hours + days;  // their place in the counts
constexpr std::size_t last_day_with_items = days_with_items + 1;
// Of the variance of a count, what smoothing with the weights 1/4, 1/2, 1/4 leaves.
constexpr double left_by_smoothing = 0.375;
constexpr double half_life_days = 90;

// Moves values whose mean is 1 towards 1, all the way where their variance is no more than is expected of
// chance.
template <std::size_t size>
void shrink(std::array<double, size>& values, double variance_of_chance) {
  double variance = 0;
  for (const double value : values) variance += (value - 1) * (value - 1) / (size - 1);
  const double kept = variance > variance_of_chance ? 1 - variance_of_chance / variance : 0;
  for (double& value : values) value = 1 + kept * (value - 1);
}

}  // namespace

std::size_t hour_of_week(Timestamp at) {
  const auto since_1970 = std::chrono::floor<std::chrono::hours>(at).time_since_epoch().count();
  constexpr std::int64_t thursday = 3;  // 1970-01-01
  constexpr auto week = static_cast<std::int64_t>(WeekRhythm::hours_of_week);
  return static_cast<std::size_t>(((since_1970 + thursday * 24) % week + week) % week);
}

void WeekRhythm::saw_item(Timestamp at) {
  const std::size_t hour = hour_of_week(at);
  counts_[hour % hours] += 1;
  counts_[hours + hour / hours] += 1;
  const auto day = static_cast<double>(std::chrono::floor<std::chrono::days>(at).time_since_epoch().count());
  if (day > counts_[last_day_with_items]) {
    counts_[days_with_items] += 1;
    counts_[last_day_with_items] = day;
  }
}

void WeekRhythm::fade(double passed_days) {
  const double kept = std::exp2(-passed_days / half_life_days);
  for (std::size_t i = 0; i <= days_with_items; ++i) counts_[i] *= kept;
}

WeekRhythm::RelativeRates WeekRhythm::relative_rates() const {
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
  const double seen = counts_[days_with_items];
  shrink(of_hour, hours * left_by_smoothing / seen);
  shrink(of_day, days / seen);
  for (std::size_t i = 0; i < hours_of_week; ++i) rates[i] = of_hour[i % hours] * of_day[i / hours];
  return rates;
}

WeekRhythm WeekRhythm::from_counts(const std::array<double, counts_size>& counts) {
  WeekRhythm rhythm;
  for (std::size_t i = 0; i < counts_size; ++i)
    rhythm.counts_[i] = std::isfinite(counts[i]) && counts[i] >= 0 ? counts[i] : 0;
  return rhythm;
}

}  // namespace stubkeeper::crawler
