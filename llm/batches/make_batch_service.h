#pragma once

#include <memory>

#include "llm/batches/batch_service.h"
#include "llm/http/http_transport.h"
#include "llm/keys/secret.h"
#include "llm/providers/endpoint.h"

namespace stubkeeper::llm {

// The batches of an endpoint, in its format; nothing where the format has none (Ollama's). `transport` is for
// it alone and must outlive it.
std::unique_ptr<BatchService> make_batch_service(std::unique_ptr<Endpoint> endpoint,
                                                 std::optional<Secret> key, HttpTransport& transport);

}  // namespace stubkeeper::llm
