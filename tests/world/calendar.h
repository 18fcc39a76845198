#pragma once

#include <chrono>
#include <string>

namespace stubkeeper::world {

// The days of a world are counted from its first one, which is a Sunday: day 0.
inline constexpr std::chrono::sys_days first_date =
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::November / 1};

std::chrono::sys_days date_of(int day);
// "2026-11-03".
std::string iso_date(int day);
// "3 November 2026".
std::string written_date(int day);
// As RFC 5322 has it, at six in the morning: "Tue, 03 Nov 2026 06:00:00 +0000".
std::string mail_date(int day);
// Saturdays and Sundays.
bool is_weekend(int day);

}  // namespace stubkeeper::world
