#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.h"
#include "llm/http/http_message.h"
#include "llm/model.h"

namespace stubkeeper::llm {

struct EndpointSettings {
  std::string base_url;  // "https://api.openai.com/v1", "http://127.0.0.1:11434": all before the path
  std::string model;
  // Ollama alone: the context that is asked for (num_ctx), prompt and answer together, in tokens.
  std::int64_t context_tokens = 16'384;
};

// An endpoint's format: requests to HTTP, and HTTP responses to answers. Pure functions of bytes:
// no network, no key. Reading is lenient, because real answers break the published schemas: what is
// missing or of another type is left out, what is unknown is skipped; an answer without its text is
// a failure, never an empty text. Immutable; safe to share between threads.
class Endpoint {
 public:
  Endpoint(EndpointSettings settings, std::string protocol);
  virtual ~Endpoint() = default;

  const ModelIdentity& identity() const { return identity_; }

  // `request` keeps the contract of ModelRequest, and its schema is in the subset
  // (answer_schema.h).
  virtual HttpRequest make_http_request(const ModelRequest& request) const = 0;

  // The answer to `request`, or the failure that status or body report; for whole responses of any
  // status and any content.
  AnswerOrFailure parse_response(const ModelRequest& request, const HttpResponse& reply) const;

 protected:
  // `json` is the object of a 2xx response without an "error".
  virtual AnswerOrFailure parse_answer(const ModelRequest& request,
                                       const nlohmann::ordered_json& json) const = 0;

  // A POST of JSON to a path below the base address.
  HttpRequest json_request(std::string_view path, const nlohmann::ordered_json& body,
                           KeyHeader key_header = {"Authorization", "Bearer "}) const;
  const std::string& model() const { return identity_.model; }

 private:
  ModelIdentity identity_;
};

// The endpoints of each format, one file each. `settings` are usable: see make_endpoint() in provider.h.
std::unique_ptr<Endpoint> make_chat_completions(EndpointSettings settings);
std::unique_ptr<Endpoint> make_responses(EndpointSettings settings);
std::unique_ptr<Endpoint> make_messages(EndpointSettings settings);
std::unique_ptr<Endpoint> make_ollama_chat(EndpointSettings settings);

}  // namespace stubkeeper::llm
