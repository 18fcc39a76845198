#pragma once

#include <optional>

#include "config/configuration.h"
#include "kb/runs/spending.h"

namespace stubkeeper::cron {

// What is left of the caps in dollars, in micro-dollars, never below 0; nothing where there is no cap.
struct RemainingBudget {
  std::optional<std::int64_t> today;
  std::optional<std::int64_t> this_month;
};

Result<RemainingBudget> remaining_budget(kb::Spending& spending, const config::Configuration::Budget& budget, Timestamp now);

// The caps as the store takes them.
kb::SpendingCaps spending_caps(const config::Configuration::Budget& budget);

}  // namespace stubkeeper::cron
