#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "kb/store/id.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Upper limits of tokens and money for model calls; nothing: no limit. Money is in micro-dollars.
// Days and months are in UTC, by the time of the reservation.
struct SpendingCaps {
  std::optional<std::int64_t> tokens_per_run;
  std::optional<std::int64_t> micro_usd_per_run;
  std::optional<std::int64_t> micro_usd_per_day;
  std::optional<std::int64_t> micro_usd_per_month;
};

// A call to be made, with the upper bound of its tokens and cost (empty without a price).
struct NewModelCall {
  Id run_id = 0;
  Id entry_id = 0;
  std::string protocol;
  std::string base_url;
  std::string model;
  std::string prompt_version;
  std::string request_sha256;
  std::int64_t reserved_tokens = 0;
  std::optional<std::int64_t> reserved_micro_usd;
};

enum class CallOutcome { answered, failed };

struct CallSettlement {
  CallOutcome outcome = CallOutcome::answered;
  std::int64_t tokens = 0;
  std::optional<std::int64_t> micro_usd;
  std::int64_t saved_micro_usd = 0;  // by the endpoint's cache; negative where the cache was only written
  int attempts = 0;
  std::string detail;  // of a failure, in words, without secrets
  std::string provider_request_id;
};

// The kept result of a request, so that it is paid for once: an answer, or why there is none.
enum class AnswerVerdict { answered, refused, unusable, too_long };

struct ModelAnswerRecord {
  AnswerVerdict verdict = AnswerVerdict::answered;
  std::string text;
};

// A kept answer, with its cost when it was paid for.
struct CachedModelAnswer {
  ModelAnswerRecord answer;
  std::int64_t tokens = 0;
  std::optional<std::int64_t> micro_usd;
};

struct SpendingTotals {
  int calls = 0;
  std::int64_t tokens = 0;     // of unsettled calls their upper bound
  std::int64_t micro_usd = 0;  // likewise; 0 for calls without a price
  int failed = 0;              // calls without an answer, lost ones included
  int calls_without_price = 0;
  std::int64_t saved_micro_usd = 0;
};

// Tokens and money of model calls, reserved before a call and settled after it (invariant 8,
// docs/architecture.md), and the answers that were paid for. Borrows the store.
class Spending {
 public:
  explicit Spending(Store& store) : store_(store) {}

  // Reserves a call's upper bound, durably, before it is sent. limit, with the cap and what is left
  // of it, where a cap would be exceeded; refused where there is a cap in dollars and the call has
  // no price.
  Result<Id> reserve(const NewModelCall& call, const SpendingCaps& caps, Timestamp now);

  // Records the use of a call, once, and keeps its answer, if any, for the same request. One
  // transaction. not_found; conflict where it is settled already.
  Status settle(Id call_id, const CallSettlement& settlement, const std::optional<ModelAnswerRecord>& answer,
                Timestamp now);

  // Settles the open calls of all runs but `running_run` at their upper bounds, as they may have
  // been answered when the run died, and gives their number. Calls of batches stay open: they need
  // no run.
  Result<int> settle_lost(Id running_run, Timestamp now);

  Result<std::optional<CachedModelAnswer>> cached_answer(const std::string& request_sha256);

  Result<SpendingTotals> of_run(Id run_id);
  // Of the calls reserved at a time or later.
  Result<SpendingTotals> since(Timestamp from);

 private:
  Status check_caps(const NewModelCall& call, const SpendingCaps& caps, Timestamp now);
  Store& store_;
};

// The first moment of the day, or of the month, in UTC.
Timestamp start_of_day(Timestamp time);
Timestamp start_of_month(Timestamp time);

}  // namespace stubkeeper::kb
