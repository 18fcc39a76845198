#pragma once

#include "llm/providers/endpoint.h"

namespace stubkeeper::llm {

// OpenAI's chat completions (POST {base}/chat/completions), as OpenAI, Ollama, llama.cpp's server, vLLM, LM
// Studio, OpenRouter and most others serve it. Hosts that are known to differ are asked their way: OpenAI's
// own and Azure's take max_completion_tokens, which older servers do not know, and refuse max_tokens for
// reasoning models; OpenRouter is told to use only providers that honour the answer's schema.
class ChatCompletions final : public Endpoint {
 public:
  explicit ChatCompletions(EndpointSettings settings);
  HttpRequest make_http_request(const ModelRequest& request) const override;

 protected:
  AnswerOrFailure parse_answer(const ModelRequest& request, std::string_view body) const override;
};

}  // namespace stubkeeper::llm
