#pragma once

#include "llm/batches/batch_connection.h"
#include "llm/batches/batch_service.h"

namespace stubkeeper::llm {

// Anthropic's batches of messages (POST {base}/v1/messages/batches, version 2023-06-01): the requests go in
// one piece, and the results come as lines once it has ended. There is no label: a batch is known by the
// names of its requests, which only its results tell.
class AnthropicBatches final : public BatchService {
 public:
  explicit AnthropicBatches(BatchConnection connection);
  const ModelIdentity& identity() const override { return connection_.endpoint().identity(); }
  Result<std::string> prepare(const std::vector<BatchRequest>&) override { return std::string{}; }
  Submission submit(const std::string& prepared, const std::vector<BatchRequest>& requests,
                    const std::string& label) override;
  Result<BatchState> get_batch(const std::string& id) override;
  Result<std::vector<BatchState>> list() override;
  Result<std::vector<BatchAnswer>> answers(const BatchState& batch) override;

 private:
  BatchConnection connection_;
  std::string path_;  // of all batches, below the base address
};

}  // namespace stubkeeper::llm
