#include "crawler/revisit/habit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <nlohmann/json.hpp>
#include <vector>

namespace stubkeeper::crawler {
namespace {

constexpr int text_version = 1;
// Of the items that a feed holds at the first visit, those of the last year count.
constexpr std::chrono::hours past_that_counts{24 * 365};
// A page that is put together for each request may date itself with that.
constexpr std::chrono::hours server_clock{1};

// Four digits are more than is known.
std::string rounded(std::span<const double> values) {
  return fmt::format("[{:.4g}]", fmt::join(values, ","));
}

std::string milliseconds(const std::optional<Timestamp>& time) {
  return time ? fmt::format("{}", time->time_since_epoch().count()) : "null";
}

std::optional<Timestamp> timestamp(const nlohmann::json& json) {
  if (!json.is_number_integer()) return std::nullopt;
  return Timestamp{std::chrono::milliseconds{json.get<std::int64_t>()}};
}

// The numbers of a list; empty where it is none, or has something else in it.
std::vector<double> numbers(const nlohmann::json& json) {
  std::vector<double> values;
  if (!json.is_array()) return values;
  for (const nlohmann::json& item : json) {
    if (!item.is_number()) return {};
    values.push_back(item.get<double>());
  }
  return values;
}

}  // namespace

double days_between(Timestamp from, Timestamp to) {
  return std::chrono::duration<double, std::ratio<86'400>>(to - from).count();
}

std::optional<double> Habit::begin_visit(Timestamp now) {
  std::optional<double> days;
  if (last_visit_) {
    if (now <= *last_visit_) return std::nullopt;
    days = days_between(*last_visit_, now);
  } else {
    first_visit_ = now;
  }
  last_visit_ = now;
  ++visits_;
  return days;
}

void Habit::saw_page(Timestamp now, bool changed, std::optional<Timestamp> changed_at) {
  const bool first = !last_visit_.has_value();
  const auto days = begin_visit(now);
  double quiet_days = -1;
  if (changed_at && now - *changed_at >= server_clock) quiet_days = days_between(*changed_at, now);
  if (first && quiet_days >= 0) rate_.saw_age(quiet_days);
  if (!days) return;
  if (!changed) return rate_.saw_unchanged(*days);
  ++changes_;
  if (quiet_days >= 0 && quiet_days < *days) return rate_.saw_changed(*days, quiet_days);
  rate_.saw_changed(*days);
}

void Habit::saw_feed(Timestamp now, int count, std::span<const Timestamp> dated) {
  const std::optional<Timestamp> before = last_visit_;
  const auto days = begin_visit(now);
  if (before && !days) return;
  std::vector<Timestamp> dates;
  std::copy_if(dated.begin(), dated.end(), std::back_inserter(dates),
               [&](Timestamp at) { return at <= now; });
  std::sort(dates.begin(), dates.end());
  if (!before) return saw_what_feed_holds(now, dates);
  // A date from before the last visit was set later; it says nothing about when the item came.
  dates.erase(dates.begin(), std::upper_bound(dates.begin(), dates.end(), *before));
  items_ += count;
  if (count > 0) ++changes_;
  rhythm_.fade(*days);
  learn_items(now, *days, dates, std::max(0, count - static_cast<int>(dates.size())));
}

void Habit::saw_what_feed_holds(Timestamp now, std::vector<Timestamp> dates) {
  const auto first_that_counts = std::lower_bound(dates.begin(), dates.end(), now - past_that_counts);
  const bool some_are_older = first_that_counts != dates.begin();
  dates.erase(dates.begin(), first_that_counts);
  if (some_are_older) return learn_items(now, days_between(now - past_that_counts, now), dates, 0);
  if (dates.size() < 2) return;
  // The stretch begins with an item, which therefore does not count as one that came in it.
  const double days = days_between(dates.front(), now);
  dates.erase(dates.begin());
  learn_items(now, days, dates, 0);
}

void Habit::learn_items(Timestamp now, double days, std::span<const Timestamp> dates, int undated) {
  std::vector<double> ages;
  for (const Timestamp at : dates) {
    rhythm_.saw_item(at);
    ages.push_back(days_between(at, now));
  }
  item_rate_.saw(days, ages, undated);
}

std::string Habit::to_text() const {
  const ItemRate::Counts& items = item_rate_.counts();
  return fmt::format(R"({{"version":{},"visits":{},"changes":{},"items":{},"first_visit":{},"last_visit":{},)"
                     R"("rate":{},"item_rate":{},"rhythm":{}}})",
                     text_version, visits_, changes_, items_, milliseconds(first_visit_),
                     milliseconds(last_visit_), rounded(rate_.probabilities()),
                     rounded(std::array{items.items, items.days, items.recent_items, items.recent_days}),
                     rounded(rhythm_.counts()));
}

std::optional<Habit> Habit::from_text(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || json.value("version", nlohmann::json()) != text_version) return std::nullopt;
  const auto whole = [&](const char* key) { return json.contains(key) && json[key].is_number_integer(); };
  if (!whole("visits") || !whole("changes") || !whole("items")) return std::nullopt;
  const auto rate = ChangeRate::from_probabilities(numbers(json.value("rate", nlohmann::json())));
  const auto item_rate = numbers(json.value("item_rate", nlohmann::json()));
  const auto counts = numbers(json.value("rhythm", nlohmann::json()));
  if (!rate || item_rate.size() != 4 || counts.size() != WeekRhythm::counts_size) return std::nullopt;
  Habit habit;
  habit.visits_ = json["visits"].get<int>();
  habit.changes_ = json["changes"].get<int>();
  habit.items_ = json["items"].get<std::int64_t>();
  habit.first_visit_ = timestamp(json.value("first_visit", nlohmann::json()));
  habit.last_visit_ = timestamp(json.value("last_visit", nlohmann::json()));
  habit.rate_ = *rate;
  habit.item_rate_ = ItemRate::of({item_rate[0], item_rate[1], item_rate[2], item_rate[3]});
  std::array<double, WeekRhythm::counts_size> fixed{};
  std::copy(counts.begin(), counts.end(), fixed.begin());
  habit.rhythm_ = WeekRhythm::from_counts(fixed);
  return habit;
}

}  // namespace stubkeeper::crawler
