#pragma once

#include <array>
#include <cstddef>

#include "base/clock.h"

namespace stubkeeper::crawler {

// The hours of the day and days of the week (UTC, from Monday) at which a feed's items come,
// learned from their dates. The rate of a Poisson process with a daily and weekly period, as
// measured on 10,000 feeds by Sia, Cho and Cho ("Efficient monitoring algorithm for fast news
// alerts", IEEE TKDE 19(7), 2007). Hour and day are taken as independent, so that 31 counts
// suffice; hours are smoothed with their neighbours. Both are shrunk towards a constant rate by
// what chance alone would make of them (positive-part James-Stein: 1 - expected / observed
// variance), where days with items count as independent, not items: twenty of one day may be one
// event. Counts fade by half in 90 days.
class WeeklyPattern {
 public:
  static constexpr std::size_t hours_of_week = 168;
  // The rate in each hour of the week, relative to its mean.
  using RelativeRates = std::array<double, hours_of_week>;

  // In the order of their times.
  void observe_item(Timestamp at);
  // After `days`.
  void fade(double days);
  RelativeRates relative_rates() const;

  // To be stored, and back: items in the 24 hours and on the 7 days, days with items, and the last
  // of these as a number of days since 1970.
  static constexpr std::size_t counts_size = 33;
  const std::array<double, counts_size>& counts() const { return counts_; }
  // Counts that are no finite numbers >= 0 become 0.
  static WeeklyPattern from_counts(const std::array<double, counts_size>& counts);

 private:
  std::array<double, counts_size> counts_{};
};

// 0 for the hour that begins with Monday 00:00 UTC, to 167.
std::size_t hour_of_week(Timestamp at);

}  // namespace stubkeeper::crawler
