#include "cron/money_left.h"

#include <algorithm>

namespace stubkeeper::cron {
namespace {

Result<std::optional<std::int64_t>> left_of(kb::Spending& spending, std::optional<std::int64_t> cap,
                                            Timestamp from) {
  if (!cap) return cap;
  STUBKEEPER_ASSIGN(const auto spent, spending.since(from));
  return std::optional{std::max<std::int64_t>(*cap - spent.micro_usd, 0)};
}

}  // namespace

Result<MoneyLeft> money_left(kb::Spending& spending, const config::Configuration::Budget& budget, Timestamp now) {
  MoneyLeft left;
  STUBKEEPER_ASSIGN(left.today, left_of(spending, budget.micro_usd_per_day, kb::beginning_of_day(now)));
  STUBKEEPER_ASSIGN(left.this_month,
                    left_of(spending, budget.micro_usd_per_month, kb::beginning_of_month(now)));
  return left;
}

kb::SpendingCaps caps_of(const config::Configuration::Budget& budget) {
  return {budget.tokens_per_run, budget.micro_usd_per_run, budget.micro_usd_per_day,
          budget.micro_usd_per_month};
}

}  // namespace stubkeeper::cron
