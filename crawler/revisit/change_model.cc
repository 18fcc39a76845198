#include "crawler/revisit/change_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <nlohmann/json.hpp>
#include <vector>

namespace stubkeeper::crawler {
namespace {

constexpr int format_version = 1;
// Of the items that a feed holds at the first visit, those of the last year count.
constexpr std::chrono::hours max_item_age{24 * 365};
// A page that is put together for each request may date itself with that.
constexpr std::chrono::hours clock_tolerance{1};

// Four digits are more than is known.
std::string format_rounded(std::span<const double> values) {
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

std::optional<double> ChangeModel::begin_visit(Timestamp now) {
  std::optional<double> days;
  if (last_visit_) {
    if (now <= *last_visit_) {
      // A visit of a clock that was ahead must not hide those of a year.
      if (now + clock_tolerance < *last_visit_) last_visit_ = now;
      return std::nullopt;
    }
    days = days_between(*last_visit_, now);
  } else {
    first_visit_ = now;
  }
  last_visit_ = now;
  ++visits_;
  return days;
}

void ChangeModel::observe_page(Timestamp now, bool changed, std::optional<Timestamp> changed_at) {
  const bool first = !last_visit_.has_value();
  const auto days = begin_visit(now);
  double quiet_days = -1;
  if (changed_at && now - *changed_at >= clock_tolerance) quiet_days = days_between(*changed_at, now);
  if (first && quiet_days >= 0) rate_.observe_age(quiet_days);
  if (!days) return;
  if (!changed) return rate_.observe_unchanged(*days);
  ++changes_;
  if (quiet_days >= 0 && quiet_days < *days) return rate_.observe_changed(*days, quiet_days);
  rate_.observe_changed(*days);
}

void ChangeModel::observe_feed(Timestamp now, int count, std::span<const Timestamp> item_dates) {
  const std::optional<Timestamp> before = last_visit_;
  const auto days = begin_visit(now);
  if (before && !days) return;
  std::vector<Timestamp> dates;
  std::copy_if(item_dates.begin(), item_dates.end(), std::back_inserter(dates),
               [&](Timestamp at) { return at <= now; });
  std::sort(dates.begin(), dates.end());
  if (!before) return learn_initial_items(now, dates);
  // A date before the last visit was set later; it is not when the item came.
  dates.erase(dates.begin(), std::upper_bound(dates.begin(), dates.end(), *before));
  items_ += count;
  if (count > 0) ++changes_;
  weekly_pattern_.fade(*days);
  learn_items(now, *days, dates, std::max(0, count - static_cast<int>(dates.size())));
}

void ChangeModel::learn_initial_items(Timestamp now, std::vector<Timestamp> dates) {
  const auto first_recent = std::lower_bound(dates.begin(), dates.end(), now - max_item_age);
  const bool has_older_items = first_recent != dates.begin();
  dates.erase(dates.begin(), first_recent);
  if (has_older_items) return learn_items(now, days_between(now - max_item_age, now), dates, 0);
  if (dates.size() < 2) return;
  // The stretch begins with an item, which therefore does not count as one that came in it.
  const double days = days_between(dates.front(), now);
  dates.erase(dates.begin());
  learn_items(now, days, dates, 0);
}

void ChangeModel::learn_items(Timestamp now, double days, std::span<const Timestamp> dates, int undated) {
  std::vector<double> ages;
  for (const Timestamp at : dates) {
    weekly_pattern_.observe_item(at);
    ages.push_back(days_between(at, now));
  }
  item_rate_.observe(days, ages, undated);
}

std::string ChangeModel::to_text() const {
  const ItemRate::Counts& items = item_rate_.counts();
  return fmt::format(
      R"({{"version":{},"visits":{},"changes":{},"items":{},"first_visit":{},"last_visit":{},)"
      R"("rate":{},"item_rate":{},"rhythm":{}}})",
      format_version, visits_, changes_, items_, milliseconds(first_visit_), milliseconds(last_visit_),
      format_rounded(rate_.probabilities()),
      format_rounded(std::array{items.items, items.days, items.recent_items, items.recent_days}),
      format_rounded(weekly_pattern_.counts()));
}

std::optional<ChangeModel> ChangeModel::from_text(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || json.value("version", nlohmann::json()) != format_version) return std::nullopt;
  const auto whole = [&](const char* key) { return json.contains(key) && json[key].is_number_integer(); };
  if (!whole("visits") || !whole("changes") || !whole("items")) return std::nullopt;
  const auto rate = ChangeRate::from_probabilities(numbers(json.value("rate", nlohmann::json())));
  const auto item_rate = numbers(json.value("item_rate", nlohmann::json()));
  const auto counts = numbers(json.value("rhythm", nlohmann::json()));
  if (!rate || item_rate.size() != 4 || counts.size() != WeeklyPattern::counts_size) return std::nullopt;
  ChangeModel change_model;
  change_model.visits_ = json["visits"].get<int>();
  change_model.changes_ = json["changes"].get<int>();
  change_model.items_ = json["items"].get<std::int64_t>();
  change_model.first_visit_ = timestamp(json.value("first_visit", nlohmann::json()));
  change_model.last_visit_ = timestamp(json.value("last_visit", nlohmann::json()));
  change_model.rate_ = *rate;
  change_model.item_rate_ = ItemRate::from_counts({item_rate[0], item_rate[1], item_rate[2], item_rate[3]});
  std::array<double, WeeklyPattern::counts_size> fixed{};
  std::copy(counts.begin(), counts.end(), fixed.begin());
  change_model.weekly_pattern_ = WeeklyPattern::from_counts(fixed);
  return change_model;
}

}  // namespace stubkeeper::crawler
