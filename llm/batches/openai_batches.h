#pragma once

#include "llm/batches/batch_connection.h"
#include "llm/batches/batch_service.h"

namespace stubkeeper::llm {

// OpenAI's batches of chat completions or responses: a file of requests (POST {base}/files), a batch of it
// (POST {base}/batches, with the label in its metadata), and two files with what came of it. What was not
// answered within a day has the error batch_expired.
class OpenAiBatches final : public BatchService {
 public:
  explicit OpenAiBatches(BatchConnection connection) : connection_(std::move(connection)) {}
  const ModelIdentity& identity() const override { return connection_.endpoint().identity(); }
  Result<std::string> prepare(const std::vector<BatchRequest>& requests) override;
  Submission submit(const std::string& prepared, const std::vector<BatchRequest>& requests,
                    const std::string& label) override;
  Result<BatchState> get_batch(const std::string& id) override;
  Result<std::vector<BatchState>> list() override;
  Result<std::vector<BatchAnswer>> answers(const BatchState& batch) override;

 private:
  std::string calls_path() const;
  BatchConnection connection_;
};

}  // namespace stubkeeper::llm
