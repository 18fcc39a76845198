#include "crawler/feeds/feed_elements.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "crawler/feeds/xml_tree.h"

namespace stubkeeper::crawler {
namespace {

using enum Vocabulary;

constexpr std::int64_t max_minutes = 366 * 24 * 60;

// A whole number, alone in an element; -1 where it is none.
std::int64_t parse_whole_number(const xmlNode* element) {
  return parse_number<std::int64_t>(trim_ascii(text_content(element))).value_or(-1);
}

std::int64_t period_minutes(std::string_view period) {
  using Pair = std::pair<std::string_view, std::int64_t>;
  constexpr std::int64_t day = 24 * 60;
  constexpr std::array periods{Pair{"hourly", 60}, Pair{"daily", day}, Pair{"weekly", 7 * day},
                               Pair{"monthly", 30 * day}, Pair{"yearly", 365 * day}};
  for (const auto& [name, minutes] : periods) {
    if (equals_ignoring_case(period, name)) return minutes;
  }
  return 0;
}

// "If omitted, daily is assumed", and a frequency of 1; but without both there is no hint.
std::int64_t update_interval_minutes(const xmlNode* channel) {
  const xmlNode* period = child(channel, syndication, "updatePeriod");
  const xmlNode* frequency = child(channel, syndication, "updateFrequency");
  if (period == nullptr && frequency == nullptr) return 0;
  const std::string name = period == nullptr ? "daily" : text_content(period);
  return period_minutes(trim_ascii(name)) / std::max<std::int64_t>(parse_whole_number(frequency), 1);
}

std::uint32_t skipped_hours(const xmlNode* channel) {
  std::uint32_t hours = 0;
  for (const xmlNode* hour : children(child(channel, rss, "skipHours"), rss, "hour")) {
    const std::int64_t number = parse_whole_number(hour);
    if (number >= 0 && number <= 24) hours |= 1U << static_cast<unsigned>(number % 24);
  }
  return hours;
}

std::uint32_t skipped_days(const xmlNode* channel) {
  constexpr std::array<std::string_view, 7> names{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                  "Thursday", "Friday", "Saturday"};
  std::uint32_t days = 0;
  for (const xmlNode* day : children(child(channel, rss, "skipDays"), rss, "day")) {
    const std::string text = text_content(day);
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (equals_ignoring_case(trim_ascii(text), names[i])) days |= 1U << i;
    }
  }
  return days;
}

}  // namespace

RevisitHints parse_revisit_hints(const xmlNode* channel) {
  RevisitHints hints;
  const std::int64_t ttl = parse_whole_number(child(channel, rss, "ttl"));
  hints.min_minutes =
      std::min(std::max({std::int64_t{0}, ttl, update_interval_minutes(channel)}), max_minutes);
  hints.skipped_hours = skipped_hours(channel);
  hints.skipped_days = skipped_days(channel);
  return hints;
}

}  // namespace stubkeeper::crawler
