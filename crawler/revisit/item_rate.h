#pragma once

#include <span>

namespace stubkeeper::crawler {

// What is believed about how many items a feed brings a day.
//
// In the long run: a visit counts items, so the rate of a Poisson process has the gamma distribution as its
// conjugate prior, and after n items in τ days its mean is (a + n) / (b + τ); a = b = 0.3 stands for about
// one a day, and is worth a third of an item. Items and days fade by half in 180 days, so that another habit
// is learned; slowly, because who takes the quiet weeks between two bursts for the rate misses the next one.
//
// Just now: feeds come in bursts that last for days. The same with a half-life of two days, by the items' own
// dates, on a prior of three items at the long-run rate. What is to be expected next is the larger of the
// two: in a burst more, and after it no less than in the long run.
class ItemRate {
 public:
  // New items came in the `days` since the last visit (or, at the first one, before it): some came `ages`
  // days before this visit, and `undated` more some time in between.
  void observe(double days, std::span<const double> ages, int undated);

  // Items a day: in the long run, and to be expected until the next visit.
  double long_run_rate() const;
  double expected() const;

  // As numbers to be stored, and back; those that are not finite and >= 0 count as 0.
  struct Counts {
    double items = 0;
    double days = 0;
    double recent_items = 0;
    double recent_days = 0;
  };
  const Counts& counts() const { return counts_; }
  static ItemRate from_counts(const Counts& counts);

 private:
  Counts counts_;
};

}  // namespace stubkeeper::crawler
