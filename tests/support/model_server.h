#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace stubkeeper::testing {

// What a model's endpoint plays when it is asked.
struct EndpointResponse {
  enum class Delivery {
    whole,
    hanging,   // not a byte, until the server ends
    dripping,  // the body byte by byte, and never its last one
    truncated,       // half the body, then the connection is closed
    huge,      // 100 MB
  };
  int status = 200;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string content_type = "application/json";
  Delivery delivery = Delivery::whole;
};

// A request as the endpoint got it; header names in lower case.
struct EndpointRequest {
  std::string method;
  std::string path;
  std::map<std::string, std::string> headers;
  std::string body;
  std::map<std::string, std::string> parts;  // of a form (multipart/form-data), by name; then body is empty
};

// A real HTTP server on loopback that plays an endpoint, failures and all. It gives its answers in turn, the
// last one again and again; or what `answer` makes of a request, in the server's threads, one at a time.
class ModelServer {
 public:
  explicit ModelServer(std::vector<EndpointResponse> answers);
  using Answer = std::function<EndpointResponse(const EndpointRequest&)>;
  explicit ModelServer(Answer answer);
  ~ModelServer();

  std::string address(const std::string& path = "") const;  // "http://127.0.0.1:PORT" and the path
  int hits() const;
  std::vector<EndpointRequest> requests() const;
  int max_concurrent_requests() const;
  // Every request waits until so many are there.
  void hold_until(int together);
  // Blocks until so many requests came in.
  void wait_for_hits(int count) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stubkeeper::testing
