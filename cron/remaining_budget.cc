#include "cron/remaining_budget.h"

#include <algorithm>

namespace stubkeeper::cron {
namespace {

Result<std::optional<std::int64_t>> remaining_of_cap(kb::Spending& spending, std::optional<std::int64_t> cap,
                                            Timestamp from) {
  if (!cap) return cap;
  STUBKEEPER_ASSIGN(const auto spent, spending.since(from));
  return std::optional{std::max<std::int64_t>(*cap - spent.micro_usd, 0)};
}

}  // namespace

Result<RemainingBudget> remaining_budget(kb::Spending& spending, const config::Configuration::Budget& budget, Timestamp now) {
  RemainingBudget left;
  STUBKEEPER_ASSIGN(left.today, remaining_of_cap(spending, budget.micro_usd_per_day, kb::start_of_day(now)));
  STUBKEEPER_ASSIGN(left.this_month,
                    remaining_of_cap(spending, budget.micro_usd_per_month, kb::start_of_month(now)));
  return left;
}

kb::SpendingCaps spending_caps(const config::Configuration::Budget& budget) {
  return {budget.tokens_per_run, budget.micro_usd_per_run, budget.micro_usd_per_day,
          budget.micro_usd_per_month};
}

}  // namespace stubkeeper::cron
