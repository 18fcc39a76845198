#pragma once

#include "llm/providers/endpoint.h"

namespace stubkeeper::llm {

// Ollama's own API (POST {base}/api/chat). It differs from its OpenAI-compatible one in that the context is
// asked for with each request (num_ctx); without that, Ollama takes a small one and cuts the prompt to fit
// without a word.
//
// That the prompt was read whole is checked from prompt_eval_count, and it is a failure (input_truncated) where
//   - prompt and answer together fill the context: the prompt was cut to fit, or its beginning was dropped
//   while
//     the answer was written;
//   - fewer tokens were read than the text can be: more than eight characters a token, runs of one character
//     counted once. Text as people write it has under five. This is how a server shows that has a smaller
//     context than the one asked for: Ollama lowers it to the model's own without saying so;
//   - nothing is counted, and the request's bytes, which bound its tokens, do not fit the context.
class OllamaChat final : public Endpoint {
 public:
  explicit OllamaChat(EndpointSettings settings);
  HttpRequest make_http_request(const ModelRequest& request) const override;

 protected:
  AnswerOrFailure parse_answer(const ModelRequest& request, std::string_view body) const override;

 private:
  std::int64_t context_tokens_;
};

}  // namespace stubkeeper::llm
