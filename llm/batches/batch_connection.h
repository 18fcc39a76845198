#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "llm/http/http_transport.h"
#include "llm/keys/secret.h"
#include "llm/providers/endpoint.h"
#include "llm/providers/lenient_json.h"

namespace stubkeeper::llm {

// One exchange after the other with an endpoint, for its batches. The key is taken out of all that comes
// back.
class BatchConnection {
 public:
  BatchConnection(std::unique_ptr<Endpoint> endpoint, std::optional<Secret> key, HttpTransport& transport)
      : endpoint_(std::move(endpoint)), key_(std::move(key)), transport_(transport) {}

  const Endpoint& endpoint() const { return *endpoint_; }

  // GET, or POST with a body, of a path below the base address; with the headers of the endpoint's calls and
  // the body's type.
  HttpResponse get(const std::string& path);
  HttpResponse post(const std::string& path, const std::string& body, const std::string& content_type);

 private:
  HttpResponse exchange(HttpRequest request);

  std::unique_ptr<Endpoint> endpoint_;
  std::optional<Secret> key_;
  HttpTransport& transport_;
  std::int64_t next_id_ = 1;
};

// The JSON of a 2xx answer; else its failure in words.
Result<Json> parse_json_response(const HttpResponse& reply, const std::string& where);
// The body of a 2xx answer, as it is.
Result<std::string> response_body(const HttpResponse& reply, const std::string& where);
// Whether a request with this reply certainly had no effect.
bool had_no_effect(const HttpResponse& reply);

// The id of a thing at the endpoint, safe to stand in a path; "" where it is none.
std::string sanitize_id(const std::string& id);

// The documents of lines of JSON; what is no JSON is left out.
std::vector<Json> parse_json_lines(const std::string& text);

// The answer that an endpoint's format has in a reply within a batch's results.
AnswerOrFailure parse_batch_answer(const Endpoint& endpoint, int status, const Json& body);

// The failure of a request that was not answered, and is not charged for.
ModelFailure unanswered_failure(const std::string& why);

}  // namespace stubkeeper::llm
