#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// What calls of a model may use and cost at most; nothing: as much as they like. Money is in micro-dollars. A
// day and a month are those of UTC in which a call was reserved.
struct SpendingCaps {
  std::optional<std::int64_t> tokens_per_run;
  std::optional<std::int64_t> micro_usd_per_run;
  std::optional<std::int64_t> micro_usd_per_day;
  std::optional<std::int64_t> micro_usd_per_month;
};

// A call that is to be made, with the most that it can use and cost. No price: `reserved_micro_usd` is empty.
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
  std::int64_t saved_micro_usd = 0;  // by the endpoint's cache; negative where it was only written
  int attempts = 0;
  std::string detail;  // of a failure, in words, without secrets
  std::string provider_request_id;
};

// What is kept of a request, so that it is paid for once: a valid answer, or why there is none.
enum class AnswerVerdict { answered, refused, unusable, too_long };

struct ModelAnswerRecord {
  AnswerVerdict verdict = AnswerVerdict::answered;
  std::string text;
};

// What was kept, with what it cost when it was paid for.
struct CachedModelAnswer {
  ModelAnswerRecord answer;
  std::int64_t tokens = 0;
  std::optional<std::int64_t> micro_usd;
};

struct SpendingTotals {
  int calls = 0;
  std::int64_t tokens = 0;     // settled ones as settled, others at their bound
  std::int64_t micro_usd = 0;  // likewise; calls without a price count nothing here
  int failed = 0;              // calls that brought no answer, lost ones among them
  int calls_without_price = 0;
  std::int64_t saved_micro_usd = 0;
};

// Tokens and money: reserved before a call, settled after it (DESIGN.md, invariant 8), and the answers that
// were paid for. Borrows the store.
class Spending {
 public:
  explicit Spending(Store& store) : store_(store) {}

  // Reserves a call's upper bound, durably, before it is sent. limit where a cap would be passed, with the
  // cap and what is left of it; refused where a cap in dollars meets a call without a price. Nothing is
  // stored then.
  Result<Id> reserve(const NewModelCall& call, const SpendingCaps& caps, Timestamp now);

  // Books what a call used, once, and keeps its answer for the same request, in one transaction. `answer` is
  // nothing where there is none to keep. not_found; conflict where it is settled already.
  Status settle(Id call_id, const CallSettlement& settlement, const std::optional<ModelAnswerRecord>& answer,
                Timestamp now);

  // Settles the open calls of all runs but `running_run` at their bounds: their run died with them under way,
  // and they may have been answered. Those of batches stay: they are under way without a run. Gives how many.
  Result<int> settle_lost(Id running_run, Timestamp now);

  // What was kept of a request.
  Result<std::optional<CachedModelAnswer>> cached_answer(const std::string& request_sha256);

  Result<SpendingTotals> of_run(Id run_id);
  // Of the calls that were reserved from a time on.
  Result<SpendingTotals> since(Timestamp from);

 private:
  Status check_caps(const NewModelCall& call, const SpendingCaps& caps, Timestamp now);
  Store& store_;
};

// The first moment of the day, or of the month, in UTC.
Timestamp start_of_day(Timestamp time);
Timestamp start_of_month(Timestamp time);

}  // namespace stubkeeper::kb
