#include "kb/runs/spending.h"

#include <chrono>
#include <string_view>

#include "kb/store/bodies.h"
#include "kb/store/database.h"
#include "kb/store/enum_names.h"

namespace stubkeeper::kb {
namespace {

#define TOTAL_COLUMNS                                                                        \
  "count(*), coalesce(sum(coalesce(tokens, bound_tokens)), 0), "                             \
  "coalesce(sum(CASE WHEN settled_at IS NULL THEN bound_micro_usd ELSE micro_usd END), 0), " \
  "coalesce(sum(bound_micro_usd IS NULL), 0), coalesce(sum(saved_micro_usd), 0), "           \
  "coalesce(sum(outcome IN ('failed', 'lost')), 0) "

SpendingTotals totals_of(const Row& row) {
  SpendingTotals totals;
  row.read(totals.calls, totals.tokens, totals.micro_usd, totals.calls_without_price, totals.saved_micro_usd,
           totals.failed);
  return totals;
}

Result<SpendingTotals> totals(Store& store, std::string_view sql, Value parameter) {
  STUBKEEPER_ASSIGN(const auto found, store.database().query_one(sql, {parameter}, totals_of));
  return *found;
}

constexpr EnumNames<4> verdicts{"answered", "refused", "unusable", "too_long"};

// A limit by its key in the configuration, and what counts towards it.
struct Cap {
  const char* key;
  std::optional<std::int64_t> maximum;
  std::int64_t spent = 0;
};

Error cap_exceeded(const Cap& cap, std::int64_t reserved) {
  const std::int64_t remaining = *cap.maximum > cap.spent ? *cap.maximum - cap.spent : 0;
  return Error{ErrorCode::limit,
               "a call of up to " + std::to_string(reserved) + " would pass " + cap.key + ": " +
                   std::to_string(remaining) + " of " + std::to_string(*cap.maximum) + " are left",
               "", "the next run takes the work up; or raise the cap in stubkeeper.toml"};
}

}  // namespace

Timestamp start_of_day(Timestamp time) {
  return std::chrono::floor<std::chrono::days>(time);
}

Timestamp start_of_month(Timestamp time) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
  return std::chrono::sys_days{day.year() / day.month() / 1};
}

Status Spending::check_caps(const NewModelCall& call, const SpendingCaps& caps, Timestamp now) {
  STUBKEEPER_ASSIGN(const SpendingTotals run, of_run(call.run_id));
  const Cap tokens{"budget.tokens_per_run", caps.tokens_per_run, run.tokens};
  if (tokens.maximum && tokens.spent + call.reserved_tokens > *tokens.maximum)
    return cap_exceeded(tokens, call.reserved_tokens);
  const bool has_dollar_cap = caps.micro_usd_per_run || caps.micro_usd_per_day || caps.micro_usd_per_month;
  if (!has_dollar_cap) return {};
  if (!call.reserved_micro_usd) {
    return Error{ErrorCode::refused,
                 "the price of " + call.model + " at " + call.base_url +
                     " is not known, and there is a cap in dollars",
                 "", "name its price under [[price]] in stubkeeper.toml, or take the caps in dollars away"};
  }
  STUBKEEPER_ASSIGN(const SpendingTotals day, since(start_of_day(now)));
  STUBKEEPER_ASSIGN(const SpendingTotals month, since(start_of_month(now)));
  for (const Cap& cap :
       {Cap{"budget.usd_per_run (in micro-dollars)", caps.micro_usd_per_run, run.micro_usd},
        Cap{"budget.usd_per_day (in micro-dollars)", caps.micro_usd_per_day, day.micro_usd},
        Cap{"budget.usd_per_month (in micro-dollars)", caps.micro_usd_per_month, month.micro_usd}}) {
    if (cap.maximum && cap.spent + *call.reserved_micro_usd > *cap.maximum)
      return cap_exceeded(cap, *call.reserved_micro_usd);
  }
  return {};
}

Result<Id> Spending::reserve(const NewModelCall& call, const SpendingCaps& caps, Timestamp now) {
  Database& database = store_.database();
  Id id = 0;
  // One transaction, so that two programs cannot both reserve the rest of a day's money.
  STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
    STUBKEEPER_TRY(check_caps(call, caps, now));
    STUBKEEPER_TRY(
        database.run("INSERT INTO model_call (run_id, entry_id, protocol, base_url, model, prompt_version, "
                     "request_sha256, reserved_at, bound_tokens, bound_micro_usd) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     {call.run_id, id_or_null(call.entry_id), call.protocol, call.base_url, call.model,
                      call.prompt_version, call.request_sha256, to_value(now), call.reserved_tokens,
                      to_value(call.reserved_micro_usd)}));
    id = database.last_insert_id();
    return {};
  }));
  return id;
}

Status Spending::settle(Id call_id, const CallSettlement& settlement,
                        const std::optional<ModelAnswerRecord>& answer, Timestamp now) {
  Database& database = store_.database();
  return store_.run_in_transaction([&]() -> Status {
    struct Call {
      std::string request;
      bool is_open = false;
    };
    STUBKEEPER_ASSIGN(const Call call,
                      database.query_existing(
                          "SELECT request_sha256, settled_at IS NULL FROM model_call WHERE id = ?", {call_id},
                          [](const Row& row) {
                            return Call{row.text(0), row.integer(1) != 0};
                          },
                          "there is no call " + std::to_string(call_id)));
    if (!call.is_open)
      return Error{ErrorCode::conflict, "the call " + std::to_string(call_id) + " is settled already", "",
                   ""};
    STUBKEEPER_TRY(database.run(
        "UPDATE model_call SET settled_at = ?, outcome = ?, tokens = ?, micro_usd = ?, saved_micro_usd = ?, "
        "attempts = ?, detail = ?, provider_request_id = ? WHERE id = ?",
        {to_value(now), std::string_view{settlement.outcome == CallOutcome::answered ? "answered" : "failed"},
         settlement.tokens, to_value(settlement.micro_usd), settlement.saved_micro_usd,
         std::int64_t{settlement.attempts}, settlement.detail, settlement.provider_request_id, call_id}));
    if (!answer) return {};
    STUBKEEPER_ASSIGN(const std::string body, Bodies{store_}.put(answer->text));
    return database.run(
        "INSERT INTO model_answer (request_sha256, call_id, body_sha256, verdict) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (request_sha256) DO NOTHING",
        {call.request, call_id, body, std::string_view{enum_name(verdicts, answer->verdict)}});
  });
}

Result<int> Spending::settle_lost(Id running_run, Timestamp now) {
  Database& database = store_.database();
  int lost = 0;
  STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
    STUBKEEPER_TRY(
        database.run("UPDATE model_call SET settled_at = ?, outcome = 'lost', tokens = bound_tokens, "
                     "micro_usd = bound_micro_usd, detail = 'the run ended with the call under way' "
                     "WHERE settled_at IS NULL AND run_id <> ? AND id NOT IN "
                     "(SELECT call_id FROM model_batch_item WHERE state = 'open')",
                     {to_value(now), running_run}));
    lost = database.changes();
    return {};
  }));
  return lost;
}

Result<std::optional<CachedModelAnswer>> Spending::cached_answer(const std::string& request_sha256) {
  STUBKEEPER_ASSIGN(auto cached,
                    store_.database().query_one(
                        "SELECT verdict, body_sha256, tokens, micro_usd FROM model_answer "
                        "JOIN model_call ON model_call.id = call_id WHERE model_answer.request_sha256 = ?",
                        {request_sha256}, [](const Row& row) {
                          const auto verdict = enum_from_name<AnswerVerdict>(verdicts, row.view(0));
                          return CachedModelAnswer{{verdict.value_or(AnswerVerdict::unusable), row.text(1)},
                                                   row.integer(2),
                                                   row.optional_integer(3)};
                        }));
  if (cached) {
    STUBKEEPER_ASSIGN(cached->answer.text, Bodies{store_}.get(cached->answer.text));
  }
  return cached;
}

Result<SpendingTotals> Spending::of_run(Id run_id) {
  return totals(store_, "SELECT " TOTAL_COLUMNS "FROM model_call WHERE run_id = ?", run_id);
}

Result<SpendingTotals> Spending::since(Timestamp from) {
  return totals(store_, "SELECT " TOTAL_COLUMNS "FROM model_call WHERE reserved_at >= ?", to_value(from));
}

}  // namespace stubkeeper::kb
