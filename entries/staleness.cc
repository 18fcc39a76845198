#include "entries/staleness.h"

#include <charconv>

#include "base/clock.h"

namespace stubkeeper::entries {

std::optional<std::int64_t> days_overdue(const FrontMatter& front_matter, std::string_view today) {
  constexpr int default_days = 180;
  const auto reviewed = parse_rfc3339(front_matter.scalar("last_reviewed").value_or(""));
  const auto now = parse_rfc3339(today);
  if (!reviewed || !now) return std::nullopt;
  int days = default_days;
  if (const auto text = front_matter.scalar("stale_after_days")) {
    int number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error == std::errc{} && end == text->data() + text->size() && number >= 0) days = number;
  }
  return std::chrono::floor<std::chrono::days>(*now - *reviewed).count() - days;
}

}  // namespace stubkeeper::entries
