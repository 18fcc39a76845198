#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "llm/model.h"

namespace stubkeeper::llm {

// A request of a batch under a name of the caller's, unique over all batches: 1 to 64 of A-Z a-z
// 0-9 _ -.
struct BatchRequest {
  std::string name;
  ModelRequest request;
};

// The outcome of a submission.
struct Submission {
  enum class State {
    submitted,
    refused,  // it is certain that there is no batch
    unknown,  // it may have arrived: find it by list() before anything is sent again
  };
  State state = State::unknown;
  std::string id;  // the endpoint's, of a submitted one
  Error error;     // of the others
};

// A batch as the endpoint reports it.
struct BatchState {
  std::string id;
  std::string provider_status;  // the endpoint's own: "in_progress", "ended", "expired"
  bool is_finished = false;     // nothing more comes; what was answered can be fetched
  std::string label;            // that it was submitted with, where the endpoint keeps one
  int requests = 0;
  std::optional<Timestamp> created_at;
  std::vector<std::string> results;  // where they are, in the endpoint's terms
};

// The outcome of one request of a finished batch.
struct BatchAnswer {
  std::string name;
  AnswerOrFailure result;
};

// An endpoint that answers many requests within a day at half the price, as a seam. Nothing is
// retried: the caller's next run is the retry. No error and no answer holds the key.
class BatchService {
 public:
  virtual ~BatchService() = default;
  virtual const ModelIdentity& identity() const = 0;

  // The free step before a submission (OpenAI: the upload of the file); gives what submit() needs
  // of it.
  virtual Result<std::string> prepare(const std::vector<BatchRequest>& requests) = 0;
  virtual Submission submit(const std::string& prepared, const std::vector<BatchRequest>& requests,
                            const std::string& label) = 0;
  virtual Result<BatchState> get_batch(const std::string& id) = 0;
  // The newest hundred of the account.
  virtual Result<std::vector<BatchState>> list() = 0;
  // In no order; what is missing was not answered.
  virtual Result<std::vector<BatchAnswer>> answers(const BatchState& batch) = 0;
};

}  // namespace stubkeeper::llm
