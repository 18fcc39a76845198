#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.h"
#include "llm/http/http_transport.h"
#include "llm/model.h"
#include "llm/providers/lenient_json.h"

namespace stubkeeper::llm {

// The failure that an endpoint reports: from the status and the shapes of errors in use ({"error":
// {"message", "type", "code"}}, {"error": "text"}, {"message": "text"}, a list of one of these, or
// no JSON at all). A refusal by status is not charged. Under a status of 2xx the model had begun
// when it failed: that counts at its upper bound, and the error's own code counts as the status.
// `where` is the address.
ModelFailure parse_error_response(const HttpResponse& reply, const Json& body, const std::string& where);

// The failure of a 2xx response that is not in the endpoint's format, charged at its upper bound.
// `what` is missing ("it has no choices"); without it, the response is no JSON at all.
ModelFailure unreadable_failure(const HttpResponse& reply, const std::string& where);
ModelFailure unreadable_failure(const std::string& what);

// The id of a call for the provider's support: a header, else a member of the body.
std::string provider_request_id(const HttpHeaders& headers, const Json& body);

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
