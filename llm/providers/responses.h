#pragma once

#include "llm/providers/endpoint.h"

namespace stubkeeper::llm {

// OpenAI's responses (POST {base}/responses). Nothing is stored at the provider (store: false), and a prompt
// that is too long is refused, not cut (truncation: disabled).
class Responses final : public Endpoint {
 public:
  explicit Responses(EndpointSettings settings);
  HttpRequest make_http_request(const ModelRequest& request) const override;

 protected:
  AnswerOrFailure parse_answer(const ModelRequest& request, std::string_view body) const override;
};

}  // namespace stubkeeper::llm
