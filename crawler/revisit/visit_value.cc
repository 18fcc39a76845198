#include "crawler/revisit/visit_value.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace stubkeeper::crawler {
namespace {

constexpr double lowest_log2_days = -6;
constexpr double steps_per_octave = 3;

// (1 - e^(-λτ) (1 + λτ)) / λ
double page_value(double rate, double days) {
  const double changes = rate * days;
  // For small λτ the difference is all rounding; the series begins (λτ)²/2 - (λτ)³/3.
  if (changes < 1e-4) return rate * days * days * (0.5 - changes / 3);
  return (1 - std::exp(-changes) * (1 + changes)) / rate;
}

}  // namespace

double VisitValue::days_at(std::size_t index) {
  return std::exp2(lowest_log2_days + static_cast<double>(index) / steps_per_octave);
}

const std::array<std::array<double, ChangeRate::grid_size>, VisitValue::grid_size>& VisitValue::page_table() {
  static const auto table = [] {
    std::array<std::array<double, ChangeRate::grid_size>, grid_size> values{};
    for (std::size_t i = 0; i < grid_size; ++i) {
      for (std::size_t k = 0; k < ChangeRate::grid_size; ++k)
        values[i][k] = page_value(ChangeRate::grid()[k], days_at(i));
    }
    return values;
  }();
  return table;
}

VisitValue VisitValue::of_page(const ChangeRate& rate, double weight) {
  VisitValue value;
  const auto& probabilities = rate.probabilities();
  for (std::size_t i = 0; i < grid_size; ++i) {
    const auto& row = page_table()[i];
    value.values_[i] = weight * std::inner_product(row.begin(), row.end(), probabilities.begin(), 0.0);
  }
  return value;
}

VisitValue VisitValue::of_feed(double items_per_day, const WeeklyPattern::RelativeRates& weekly_pattern, double weight) {
  constexpr double log2_hourly_days = -2;    // intervals up to six hours follow the rhythm
  constexpr double log2_weekly_days = 1.8;  // from three and a half days on they do not
  constexpr std::size_t hours_of_day = 24;
  double root = 0;
  for (std::size_t day = 0; day < weekly_pattern.size(); day += hours_of_day) {
    double day_mean = 0;
    for (std::size_t hour = day; hour < day + hours_of_day; ++hour)
      day_mean += std::sqrt(weekly_pattern[hour]) / hours_of_day;
    root = std::max(root, day_mean);
  }
  VisitValue value;
  for (std::size_t i = 0; i < grid_size; ++i) {
    const double days = days_at(i);
    const double steady = std::clamp(
        (std::log2(days) - log2_hourly_days) / (log2_weekly_days - log2_hourly_days), 0.0, 1.0);
    const double share_of_visits = root + (1 - root) * steady;
    value.values_[i] = weight * items_per_day / 2 * days * days * share_of_visits * share_of_visits;
  }
  return value;
}

double VisitValue::after(double days) const {
  const double shortest = days_at(0);
  if (days <= shortest) return values_[0] * days * days / (shortest * shortest);
  const double place = (std::log2(days) - lowest_log2_days) * steps_per_octave;
  if (place >= grid_size - 1) return values_.back();
  const auto below = static_cast<std::size_t>(place);
  const double part = place - static_cast<double>(below);
  return std::pow(values_[below], 1 - part) * std::pow(values_[below + 1], part);
}

double VisitValue::days_until_worth(double price) const {
  if (!(price < values_.back())) return never;
  if (price <= values_[0]) return days_at(0) * std::sqrt(price / values_[0]);
  const auto above =
      static_cast<std::size_t>(std::upper_bound(values_.begin(), values_.end(), price) - values_.begin());
  const double part = std::log(price / values_[above - 1]) / std::log(values_[above] / values_[above - 1]);
  return days_at(above - 1) * std::exp2(part / steps_per_octave);
}

}  // namespace stubkeeper::crawler
