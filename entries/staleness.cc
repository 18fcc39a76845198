#include "entries/staleness.h"

#include <chrono>

#include "base/clock.h"
#include "base/text/ascii.h"
#include "base/text/strings.h"

namespace stubkeeper::entries {

std::optional<std::int64_t> days_between(std::string_view from, std::string_view to) {
  const auto begin = parse_rfc3339(from);
  const auto end = parse_rfc3339(to);
  if (!begin || !end) return std::nullopt;
  return std::chrono::floor<std::chrono::days>(*end - *begin).count();
}

std::optional<std::int64_t> days_overdue(const FrontMatter& front_matter, std::string_view today) {
  const auto age = days_between(front_matter.scalar("last_reviewed").value_or(""), today);
  if (!age) return std::nullopt;
  int days = 180;
  if (const auto text = front_matter.scalar("stale_after_days"))
    days = parse_number<int>(*text, 0).value_or(days);
  return *age - days;
}

std::optional<std::string> find_review_date(std::string_view text) {
  constexpr std::string_view label = "last reviewed:";
  const std::string lower = ascii_lower(text);
  std::optional<std::string> newest;
  for (std::size_t at = lower.find(label); at != std::string::npos; at = lower.find(label, at + 1)) {
    std::size_t begin = at + label.size();
    while (begin < lower.size() && (lower[begin] == ' ' || lower[begin] == '*')) ++begin;
    std::string day = lower.substr(begin, 10);
    if (days_between(day, day) && (!newest || day > *newest)) newest = std::move(day);
  }
  return newest;
}

}  // namespace stubkeeper::entries
