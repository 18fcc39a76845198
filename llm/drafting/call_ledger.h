#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "llm/model.h"
#include "llm/prices/price_table.h"

namespace stubkeeper::llm {

// A call to be made, with the most that it can use and cost.
struct CallReservation {
  std::string entry_path;
  ModelIdentity identity;
  std::string prompt_version;
  // canonical_hash() of the request. A second try, with more room or with what was wrong, keeps it:
  // its answer is an answer to the same request.
  std::string request_sha256;
  CallBound bound;
};

// The kept outcome of a request, so that it is paid for once.
enum class Verdict {
  answered,  // with a valid answer
  refused,   // the model, or a filter, would not answer
  unusable,  // its answers are not valid
  too_long,  // its answers do not fit the room: the passages are asked about in halves
};

struct CachedAnswer {
  Verdict verdict = Verdict::answered;
  std::string text;  // the answer's JSON, the refusal's words, or what is wrong with the answer
};

// The ledger of a model's calls, as a seam: what is left to spend, and the answers that were paid
// for.
class CallLedger {
 public:
  virtual ~CallLedger() = default;

  // The kept outcome of the same request.
  virtual Result<std::optional<CachedAnswer>> cached_answer(const std::string& request_sha256) = 0;

  // Takes a call's bound out of what is left, before it is sent; gives the call's number. An error
  // where that is not enough (limit), or where its price is not known and dollars are limited
  // (refused): then the call is not made.
  virtual Result<std::int64_t> reserve(const CallReservation& call) = 0;

  // Books what the call used, once, and keeps `answer` where there is one.
  virtual Status settle(std::int64_t call, const Settlement& settlement, const ModelOutcome& outcome,
                        const std::optional<CachedAnswer>& answer) = 0;
};

}  // namespace stubkeeper::llm
