#include "entries/checks/review_date.h"

#include "base/text/ascii.h"

namespace stubkeeper::entries {

std::optional<std::string> find_review_date(std::string_view text) {
  constexpr std::string_view mark = "last reviewed:";
  const std::string lower = ascii_lower(text);
  std::optional<std::string> newest;
  for (std::size_t at = lower.find(mark); at != std::string::npos; at = lower.find(mark, at + 1)) {
    std::size_t begin = at + mark.size();
    while (begin < lower.size() && (lower[begin] == ' ' || lower[begin] == '*')) ++begin;
    std::string day = lower.substr(begin, 10);
    if (days_between(day, day) && (!newest || day > *newest)) newest = std::move(day);
  }
  return newest;
}

void report_stale_part(Checker& checker, std::string_view id, std::size_t line, const std::string& part,
                       const std::string& reviewed, std::size_t cadence) {
  const auto age = days_between(reviewed, checker.context.today);
  if (!age || *age <= static_cast<std::int64_t>(cadence)) return;
  const std::int64_t over = *age - static_cast<std::int64_t>(cadence);
  checker.report(id, line,
                 std::to_string(over) + (over == 1 ? " day" : " days") + " past its review date: " + part +
                     " was last reviewed " + reviewed);
}

}  // namespace stubkeeper::entries
