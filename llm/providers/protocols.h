#pragma once

#include "llm/providers/endpoint.h"

namespace stubkeeper::llm {

// The formats of endpoints, one file each. `settings` are usable: see make_endpoint().
std::unique_ptr<Endpoint> make_chat_completions(EndpointSettings settings);
std::unique_ptr<Endpoint> make_responses(EndpointSettings settings);
std::unique_ptr<Endpoint> make_messages(EndpointSettings settings);
std::unique_ptr<Endpoint> make_ollama_chat(EndpointSettings settings);

}  // namespace stubkeeper::llm
