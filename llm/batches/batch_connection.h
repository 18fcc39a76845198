#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "llm/batches/batch_service.h"
#include "llm/http/http_transport.h"
#include "llm/keys/secret.h"
#include "llm/providers/endpoint.h"
#include "llm/providers/lenient_json.h"

namespace stubkeeper::llm {

// HTTP exchanges with an endpoint for its batches, one after the other. Paths are below the base
// address; requests have the headers of the endpoint's calls. The key is removed from all
// responses. A response that is not 2xx, or not JSON where that is expected, is an error.
class BatchConnection {
 public:
  using ParseState = BatchState (*)(const Json& batch);

  BatchConnection(std::unique_ptr<Endpoint> endpoint, std::optional<Secret> key, HttpTransport& transport)
      : endpoint_(std::move(endpoint)), key_(std::move(key)), transport_(transport) {}

  const Endpoint& endpoint() const { return *endpoint_; }

  // The JSON objects of a response in lines; other lines are left out.
  Result<std::vector<Json>> get_lines(const std::string& path);
  Result<Json> post(const std::string& path, const std::string& body, const std::string& content_type);

  Submission submit(const std::string& path, const Json& batch, ParseState parse);
  Result<BatchState> get_batch(const std::string& path, ParseState parse);
  // The newest hundred, in "data".
  Result<std::vector<BatchState>> list_batches(const std::string& path, ParseState parse);

 private:
  HttpResponse get(const std::string& path);
  HttpResponse send(const std::string& path, const std::string& body, const std::string& content_type);
  HttpResponse exchange(HttpRequest request);

  std::unique_ptr<Endpoint> endpoint_;
  std::optional<Secret> key_;
  HttpTransport& transport_;
  std::int64_t next_id_ = 1;
};

// An id of the endpoint's that is safe in a path, else "".
std::string sanitize_id(const std::string& id);

// The answer in one result of a batch, which has the form of a response.
AnswerOrFailure parse_batch_answer(const Endpoint& endpoint, int status, const Json& body);

// The failure of a request that was not answered, and is not charged for.
ModelFailure unanswered_failure(const std::string& why);

// The batches of the two formats that have them, one file each.
std::unique_ptr<BatchService> make_openai_batches(BatchConnection connection);
std::unique_ptr<BatchService> make_anthropic_batches(BatchConnection connection);

}  // namespace stubkeeper::llm
