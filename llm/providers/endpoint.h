#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "llm/http/http_message.h"
#include "llm/model.h"

namespace stubkeeper::llm {

// Where a model answers, and how it wants to be asked.
struct EndpointSettings {
  std::string base_url;  // "https://api.openai.com/v1", "http://127.0.0.1:11434": what stands before the path
  std::string model;
  // Ollama alone: the context that is asked for (num_ctx), prompt and answer together, in tokens.
  std::int64_t context_tokens = 16'384;
};

// An endpoint's format: how a request becomes HTTP and an HTTP answer becomes an answer. Pure functions of
// bytes: no network, no key. Reading is lenient, because real answers break the published schemas: what is
// missing or of another type is left out, unknown things are passed over; an answer whose text cannot be
// found is a failure, never an empty text. Immutable; safe to share between threads.
class Endpoint {
 public:
  explicit Endpoint(EndpointSettings settings, std::string protocol);
  virtual ~Endpoint() = default;

  const ModelIdentity& identity() const { return identity_; }

  // `request` keeps the contract of ModelRequest, and its schema is in the subset (answer_schema.h).
  virtual HttpRequest make_http_request(const ModelRequest& request) const = 0;

  // What came of `request`: the answer, or the failure that its status or body tell. For whole HTTP answers
  // of any status and any content.
  AnswerOrFailure parse_response(const ModelRequest& request, const HttpResponse& reply) const;

 protected:
  // `body` is the JSON text of a 2xx answer without an "error".
  virtual AnswerOrFailure parse_answer(const ModelRequest& request, std::string_view body) const = 0;

  // The address of a path below the base.
  std::string address(std::string_view path) const;
  const std::string& model() const { return identity_.model; }

 private:
  ModelIdentity identity_;
};

// The endpoint that `protocol` names (see ModelIdentity). An error for an unknown protocol, an empty model,
// and a base address that is not plain http(s)://host[:port][/path]: user names and queries would carry
// secrets into errors.
Result<std::unique_ptr<Endpoint>> make_endpoint(const std::string& protocol, EndpointSettings settings);

}  // namespace stubkeeper::llm
