#include "llm/verification/days.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace stubkeeper::llm {
namespace {

std::optional<unsigned> number_at(std::string_view text, std::size_t begin, std::size_t size) {
  if (text.size() < begin + size) return std::nullopt;
  unsigned number = 0;
  const char* end = text.data() + begin + size;
  const auto [stop, error] = std::from_chars(text.data() + begin, end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

std::optional<std::chrono::sys_days> latest_day(std::string_view date) {
  const auto year = number_at(date, 0, 4);
  if (!year) return std::nullopt;
  const std::chrono::year calendar_year{static_cast<int>(*year)};
  const unsigned month = number_at(date, 5, 2).value_or(12);
  const std::chrono::year_month_day_last last{calendar_year, std::chrono::month{month} / std::chrono::last};
  if (!last.ok()) return std::nullopt;
  const auto day = date.size() >= 10 ? number_at(date, 8, 2) : std::nullopt;
  if (!day) return std::chrono::sys_days{last};
  const std::chrono::year_month_day whole{calendar_year, std::chrono::month{month}, std::chrono::day{*day}};
  if (!whole.ok()) return std::nullopt;
  return std::chrono::sys_days{whole};
}

}  // namespace

std::optional<std::int64_t> day_difference(std::string_view date, std::string_view day) {
  const auto from = latest_day(date);
  const auto to = latest_day(day);
  if (!from || !to) return std::nullopt;
  return (*to - *from).count();
}

}  // namespace stubkeeper::llm
