#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper {

// A moment in UTC, in milliseconds.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

// RFC 3339 in UTC with whole seconds: "2026-11-23T20:02:24Z".
std::string rfc3339(Timestamp time);

// The date in UTC: "2026-11-23".
std::string iso_date(Timestamp time);

// The moment of an RFC 3339 date-time, or midnight UTC of "YYYY-MM-DD"; nothing for other text.
std::optional<Timestamp> parse_rfc3339(std::string_view text);

// The current time, as a seam: tests let days pass without waiting.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp now() const = 0;
};

// The machine's clock.
class SystemClock final : public Clock {
 public:
  Timestamp now() const override;
};

}  // namespace stubkeeper
