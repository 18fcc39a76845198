#include "llm/batches/make_batch_service.h"

#include "llm/batches/anthropic_batches.h"
#include "llm/batches/openai_batches.h"

namespace stubkeeper::llm {

std::unique_ptr<BatchService> make_batch_service(std::unique_ptr<Endpoint> endpoint,
                                                 std::optional<Secret> key, HttpTransport& transport) {
  const std::string protocol = endpoint->identity().protocol;
  BatchConnection connection{std::move(endpoint), std::move(key), transport};
  if (protocol == "messages") return std::make_unique<AnthropicBatches>(std::move(connection));
  if (protocol == "chat_completions" || protocol == "responses")
    return std::make_unique<OpenAiBatches>(std::move(connection));
  return nullptr;
}

}  // namespace stubkeeper::llm
