#include <cmath>
#include <random>

#include "crawler/revisit/change_model.h"
#include "crawler/revisit/next_visit.h"
#include "tests/crawler/revisit_simulation.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;
using namespace stubkeeper::testing;
using Catch::Matchers::WithinRel;

namespace {

const Timestamp monday = *parse_rfc3339("2026-01-05T00:00:00Z");

Timestamp after_hours(double hours) {
  return monday + std::chrono::milliseconds{std::llround(hours * 3'600'000)};
}

// The rate that makes a sequence of (days, changed) most probable, found by looking: Cho and Garcia-Molina's
// estimator.
double max_likelihood_rate(const std::vector<std::pair<double, bool>>& visits) {
  double best = 0;
  double best_log = -1e300;
  for (double rate = 1e-4; rate < 100; rate *= 1.001) {
    double log = 0;
    for (const auto& [days, changed] : visits)
      log += changed ? std::log(-std::expm1(-rate * days)) : -rate * days;
    if (log > best_log) {
      best_log = log;
      best = rate;
    }
  }
  return best;
}

VisitValue page(double observed_rate, double weight) {
  ChangeRate rate;
  for (int i = 0; i < 300; ++i) rate.observe_changed(1 / observed_rate, 1 / observed_rate);
  return VisitValue::of_page(rate, weight);
}

}  // namespace

TEST_CASE("the rate of change learned from many irregular visits is the most likely one") {
  std::mt19937_64 random{7};
  for (const double truth : {0.02, 0.3, 4.0}) {
    ChangeRate rate;
    std::vector<std::pair<double, bool>> visits;
    for (int i = 0; i < 400; ++i) {
      const double days = std::uniform_real_distribution<double>{0.1, 3}(random) / std::max(1.0, truth);
      const bool changed = std::bernoulli_distribution{-std::expm1(-truth * days)}(random);
      visits.emplace_back(days, changed);
      changed ? rate.observe_changed(days) : rate.observe_unchanged(days);
    }
    INFO(truth);
    CHECK_THAT(rate.median(), WithinRel(max_likelihood_rate(visits), 0.15));
    CHECK(rate.quantile(0.01) < truth);
    CHECK(rate.quantile(0.99) > truth);
  }
}

TEST_CASE("a page that changed at every visit or at none has a rate all the same") {
  ChangeRate always;
  ChangeRate never_changed;
  for (int i = 0; i < 10; ++i) {
    always.observe_changed(1);
    never_changed.observe_unchanged(1);
  }
  CHECK(std::isfinite(always.median()));
  CHECK(always.median() > 1);
  CHECK(never_changed.median() < 0.1);
  CHECK(never_changed.median() > 0);
}

TEST_CASE("a date of the last change says more than that there was one") {
  ChangeRate without_dates;
  ChangeRate dated;
  for (int i = 0; i < 20; ++i) {
    without_dates.observe_changed(10);
    dated.observe_changed(10, 0.5);
  }
  // Of 20 changes within ten days only that there was one or more: any rate over one in a few days would do.
  CHECK(without_dates.quantile(0.9) / without_dates.quantile(0.1) > 2 * dated.quantile(0.9) / dated.quantile(0.1));
  CHECK_THAT(dated.median(), WithinRel(2.0, 0.3));
}

TEST_CASE("a page that takes up another habit is believed after a few visits") {
  ChangeRate rate;
  for (int i = 0; i < 200; ++i) rate.observe_unchanged(1);
  CHECK(rate.median() < 0.01);
  for (int i = 0; i < 4; ++i) rate.observe_changed(1);
  CHECK(rate.median() > 0.5);
  for (int i = 0; i < 10; ++i) rate.observe_unchanged(1);
  CHECK(rate.median() < 0.2);
}

TEST_CASE("the value of a visit is the derivative of freshness by the number of visits") {
  ChangeRate rate;
  rate.observe_changed(2);
  rate.observe_unchanged(3);
  const auto freshness = [&](double visits_per_day) {
    double sum = 0;
    for (std::size_t i = 0; i < ChangeRate::grid_size; ++i) {
      const double changes = ChangeRate::grid()[i] / visits_per_day;
      sum += rate.probabilities()[i] * -std::expm1(-changes) / changes;
    }
    return sum;
  };
  const VisitValue value = VisitValue::of_page(rate, 5);
  for (const double days : {0.05, 0.7, 4.0, 60.0}) {
    const double step = 1e-4 / days;
    const double derivative = 5 * (freshness(1 / days + step) - freshness(1 / days - step)) / (2 * step);
    INFO(days);
    CHECK_THAT(value.after(days), WithinRel(derivative, 0.01));
    CHECK_THAT(value.days_until_worth(value.after(days)), WithinRel(days, 0.01));
  }
  CHECK(value.days_until_worth(value.after(1e6) * 1.01) == VisitValue::never);
}

TEST_CASE("the price of a fetch makes all sources together want the budget") {
  std::vector<BudgetShare> shares;
  for (int i = 0; i < 50; ++i) shares.push_back({page(0.01 * (i + 1), 1 + i % 3), {0.5, 60}});
  for (const double budget : {3.0, 10.0, 40.0}) {
    const FetchPrice price = compute_fetch_price(shares, budget);
    double visits = 0;
    for (const BudgetShare& share : shares)
      visits += 1 / std::clamp(share.value.days_until_worth(price.price), 0.5, 60.0);
    INFO(budget);
    CHECK_THAT(visits, WithinRel(budget, 0.01));
    CHECK(price.max_interval_factor == 1);
  }
  SECTION("and is nothing where the budget pays for each at its least interval") {
    CHECK(compute_fetch_price(shares, 1000).price == 0);
  }
  SECTION("and stretches the longest intervals where they alone would take more than half of the budget") {
    const FetchPrice price = compute_fetch_price(shares, 50.0 / 60);
    CHECK_THAT(price.max_interval_factor, WithinRel(2.0, 0.01));
    CHECK_THAT(stretch_bounds({0.5, 60}, price).max_days, WithinRel(120.0, 0.01));
  }
  SECTION("of feeds goes with the root of weight times rate") {
    const auto steady = WeeklyPattern{}.relative_rates();
    const std::vector<BudgetShare> feeds{{VisitValue::of_feed(1, steady, 1), {}},
                                         {VisitValue::of_feed(4, steady, 4), {}}};
    const FetchPrice price = compute_fetch_price(feeds, 5);
    CHECK_THAT(feeds[0].value.days_until_worth(price.price), WithinRel(1.0, 0.01));
    CHECK_THAT(feeds[1].value.days_until_worth(price.price), WithinRel(0.25, 0.01));
  }
}

TEST_CASE("a visit is never before the least interval nor after the longest") {
  const VisitValue value = page(1, 1);
  for (const double price : {0.0, 1e-6, 0.1, 0.5, 1e6}) {
    for (std::uint64_t id = 1; id < 50; ++id) {
      const NextVisit next = next_page_visit(value, {0.7, 9}, {price, 1}, id);
      CHECK(next.days >= 0.7);
      CHECK(next.days <= 9);
      const NextVisit of_feed = next_feed_visit(3, office_hours_pattern(), monday, {0.7, 9}, {price, 1}, id);
      CHECK(of_feed.days >= 0.7);
      CHECK(of_feed.days <= 9);
    }
  }
  CHECK(next_page_visit(value, {0.7, 9}, {1e-6, 1}, 1).reason == VisitReason::min_interval);
  CHECK(next_page_visit(value, {0.7, 9}, {1e6, 1}, 1).reason == VisitReason::max_interval);
  // A lower bound of the server's is respected even beyond the longest interval.
  CHECK(next_page_visit(value, {12, 9}, {1e6, 1}, 1).days == 12);
}

TEST_CASE("sources that are alike come due apart and each always the same") {
  const VisitValue value = page(1, 1);
  const FetchPrice price{0.2, 1};
  const double first = next_page_visit(value, {0, 30}, price, 1).days;
  CHECK(first == next_page_visit(value, {0, 30}, price, 1).days);
  CHECK(std::abs(first - next_page_visit(value, {0, 30}, price, 2).days) > 0.001 * first);
}

TEST_CASE("a feed of office hours is looked at after them") {
  // Friday 18:00, with a price at which it would be looked at once a day if it were steady.
  const NextVisit next =
      next_feed_visit(2, office_hours_pattern(), after_hours(4 * 24 + 18), {1.0 / 24, 30}, {1, 1}, 1);
  CHECK(next.reason == VisitReason::after_usual_hour);
  const Timestamp visit = after_hours(4 * 24 + 18 + next.days * 24);
  INFO(rfc3339(visit));
  CHECK(visit > after_hours(7 * 24 + 11));  // not on the weekend
  CHECK(visit < after_hours(7 * 24 + 20));  // on Monday, when much of it has come
}

TEST_CASE("what is overdue grows more urgent without end") {
  const VisitValue value = page(5, 1);
  const FetchPrice price{1, 1};  // more than a visit to this page is ever worth
  CHECK(urgency(value, {0, 30}, price, 29) < 1);
  CHECK(urgency(value, {0, 30}, price, 31) > 1);
  CHECK(urgency(value, {0, 30}, price, 3000) > 99);
}

TEST_CASE("the hours of a feed are learned from its dates") {
  WeeklyPattern weekly_pattern;
  for (int day = 0; day < 60; ++day) {
    if (day % 7 < 5) weekly_pattern.observe_item(after_hours(day * 24 + 9.5));
  }
  const auto rates = weekly_pattern.relative_rates();
  CHECK(rates[9] > 5);
  CHECK(rates[21] < 0.3);
  CHECK(rates[5 * 24 + 9] < rates[9] / 3);
  double sum = 0;
  for (const double rate : rates) sum += rate;
  CHECK_THAT(sum, WithinRel(168.0, 1e-6));
  SECTION("but chance and a single busy day make none") {
    WeeklyPattern busy;
    for (int i = 0; i < 200; ++i) busy.observe_item(after_hours(30 + i * 0.01));
    for (const double rate : busy.relative_rates()) CHECK_THAT(rate, WithinRel(1.0, 0.25));
  }
}

TEST_CASE("a burst of items is followed closely and soon over") {
  ItemRate rate;
  for (int day = 0; day < 100; ++day) rate.observe(1, {}, 1);
  CHECK_THAT(rate.expected(), WithinRel(1.0, 0.15));
  for (int hour = 0; hour < 24; ++hour) rate.observe(1.0 / 24, {}, 1);
  CHECK(rate.expected() > 4);
  CHECK(rate.long_run_rate() < 1.5);
  for (int day = 0; day < 10; ++day) rate.observe(1, {}, 0);
  CHECK_THAT(rate.expected(), WithinRel(rate.long_run_rate(), 1e-9));
}

TEST_CASE("the first fetch of a feed tells its rate by the dates of its items") {
  std::vector<Timestamp> dates;
  for (int i = 0; i < 20; ++i) dates.push_back(after_hours(-12 * i - 1));
  ChangeModel change_model;
  change_model.observe_feed(monday, 20, dates);
  CHECK_THAT(change_model.item_rate().long_run_rate(), WithinRel(2.0, 0.15));
  CHECK(change_model.items() == 0);
}

TEST_CASE("what a page says of its last change is believed only where it can be true") {
  const auto rate_after = [](double hours_ago) {
    ChangeModel change_model;
    change_model.observe_page(monday, true, {});
    for (int visit = 1; visit <= 10; ++visit)
      change_model.observe_page(after_hours(240 * visit), true, after_hours(240 * visit - hours_ago));
    CHECK(change_model.changes() == 10);
    return change_model.rate().median();
  };
  ChangeModel undated;
  undated.observe_page(monday, true, {});
  for (int visit = 1; visit <= 10; ++visit) undated.observe_page(after_hours(240 * visit), true, {});
  CHECK(rate_after(0) == undated.rate().median());       // the server's clock
  CHECK(rate_after(-5) == undated.rate().median());      // the future
  CHECK(rate_after(1000) == undated.rate().median());    // before the last visit
  CHECK(rate_after(120) < undated.rate().median() / 2);  // five days ago
  ChangeModel old_page;
  old_page.observe_page(monday, true, after_hours(-24 * 200));
  CHECK(old_page.rate().median() < 0.05);
}

TEST_CASE("a habit comes back from its text as it was") {
  ChangeModel change_model;
  change_model.observe_page(monday, true, {});
  change_model.observe_page(after_hours(30), true, {});
  change_model.observe_page(after_hours(80), false, {});
  change_model.observe_feed(after_hours(100), 3, std::vector{after_hours(90), after_hours(95)});
  const auto back = ChangeModel::from_text(change_model.to_text());
  REQUIRE(back);
  CHECK(back->to_text() == change_model.to_text());
  CHECK(back->visits() == 4);
  CHECK(back->last_visit() == after_hours(100));
  CHECK_THAT(back->rate().median(), WithinRel(change_model.rate().median(), 0.001));
  SECTION("and what is none is refused") {
    for (const std::string text : {"", "null", "[]", "{}", R"({"version":1})", R"({"version":2,"visits":1})"})
      CHECK_FALSE(ChangeModel::from_text(text));
    std::string negative = change_model.to_text();
    negative.replace(negative.find("\"rate\":[") + 8, 1, "-1");
    CHECK_FALSE(ChangeModel::from_text(negative));
  }
}

TEST_CASE("a visit that is not after the last one teaches nothing") {
  ChangeModel change_model;
  change_model.observe_page(monday, true, {});
  change_model.observe_page(monday, true, {});
  change_model.observe_page(after_hours(-5), true, {});
  CHECK(change_model.visits() == 1);
  CHECK(change_model.rate().median() == ChangeRate{}.median());
}
