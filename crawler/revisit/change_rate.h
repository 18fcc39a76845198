#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>

namespace stubkeeper::crawler {

// A page's rate of change, in changes a day, as a probability distribution learned from visits at
// irregular times. Times are in days and never negative.
//
// The model is Cho and Garcia-Molina's ("Estimating frequency of change", ACM TOIT 3(3), 2003):
// changes are a Poisson process of rate λ, and a visit τ days after the last one sees only whether
// there was any, so that the likelihood is
//   changed                                                             1 - e^(-λτ),
//   unchanged                                                           e^(-λτ),
//   last changed t days ago, by a date (their last-modified estimator)  λ e^(-λt).
// Their estimator for irregular intervals is the λ that maximizes the product of these. It has no
// answer for a page that changed at every visit or at none, and few visits mislead it; so this is
// Bayes's instead: the whole distribution of λ, on rates that are a third of an octave apart, exact
// for any sequence of intervals.
//
// The prior is log-uniform (Jeffreys' prior for a scale) from once in 11 years to 128 times a day:
// crawls of the open web found pages over all of that range, about half of them without a change in
// a year (Cho and Garcia-Molina, "The evolution of the web", VLDB 2000; Ntoulas, Cho and Olston,
// "What's new on the web?", WWW 2004).
//
// A page's habits may change: with the hazard of once in a year a new λ is drawn from the prior.
// This is the filter of a change-point model (fixed share: Herbster and Warmuth, "Tracking the best
// expert", 1998). It forgets next to nothing while visits agree with the distribution, and all of
// it after a few that do not.
class ChangeRate {
 public:
  static constexpr std::size_t grid_size = 58;
  // The rates of the distribution, rising, in changes a day.
  static const std::array<double, grid_size>& grid();

  ChangeRate();

  // A visit `days` after the last one saw no change; some change; some change of which the last, by
  // a reliable date, was `days_ago` (at most `days`) before the visit.
  void observe_unchanged(double days);
  void observe_changed(double days);
  void observe_changed(double days, double days_ago);
  // At the first visit the last change was `days_ago`, at most a year: after ten quiet years there
  // may be a new owner.
  void observe_age(double days_ago);

  // In changes a day. There is no mean: a small chance of a hundred changes a day would be most of
  // it.
  double quantile(double probability) const;
  double median() const { return quantile(0.5); }

  // Of each rate of the grid; their sum is 1.
  const std::array<double, grid_size>& probabilities() const { return probabilities_; }
  // Nothing unless they are `grid_size` finite numbers >= 0 with a sum over 0, which need not be 1.
  static std::optional<ChangeRate> from_probabilities(std::span<const double> probabilities);

 private:
  template <typename LogLikelihood>
  void learn(LogLikelihood log_likelihood);
  void mix_in_prior(double days);

  std::array<double, grid_size> probabilities_;
};

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
