#pragma once

#include "llm/providers/endpoint.h"

namespace stubkeeper::llm {

// Anthropic's messages (POST {base}/v1/messages, version 2023-06-01): structured output by
// output_config.format, and a cache mark behind the instructions, so that calls within five minutes read them
// at a tenth of the price.
class Messages final : public Endpoint {
 public:
  explicit Messages(EndpointSettings settings);
  HttpRequest make_http_request(const ModelRequest& request) const override;

 protected:
  AnswerOrFailure parse_answer(const ModelRequest& request, std::string_view body) const override;
};

}  // namespace stubkeeper::llm
