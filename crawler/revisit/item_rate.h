#pragma once

#include <span>

namespace stubkeeper::crawler {

// A feed's rate of new items, in items a day.
//
// In the long run: a visit counts items, so the rate of a Poisson process has the gamma
// distribution as its conjugate prior, and after n items in τ days its mean is (a + n) / (b + τ); a
// = b = 0.3 is about one a day, and is worth a third of an item. Items and days fade by half in 180
// days, so that new habits are learned; slowly, because who takes the quiet weeks between two
// bursts for the rate misses the next one.
//
// At present: feeds come in bursts of days. The same with a half-life of two days, by the items'
// own dates, on a prior of three items at the long-run rate. The expected rate is the larger of the
// two: in a burst more, and after it no less than in the long run.
class ItemRate {
 public:
  // In the `days` since the last visit (at the first, before it) some items came `ages` days before
  // this visit, and `undated` more.
  void observe(double days, std::span<const double> ages, int undated);

  // In the long run, and until the next visit.
  double long_run_rate() const;
  double expected() const;

  // To be stored, and back; numbers that are not finite and >= 0 become 0.
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
