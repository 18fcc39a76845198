#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace stubkeeper::testing {

struct TestCertificate;

// A request as the server got it; header names in lower case.
struct ServerRequest {
  std::string method;
  std::string path;  // with the query
  std::map<std::string, std::string> headers;
  int connection = 0;  // the client's port: the same for requests over one connection
};

struct ServerResponse {
  int status = 200;
  std::string body;
  std::string content_type = "text/html; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers;
};

// A real HTTP server on a free port of a loopback address, for as long as the object lives. It answers 404 to
// what it does not know, robots.txt among it. Requests are counted by path, and kept in order.
class LoopbackServer {
 public:
  explicit LoopbackServer(const std::string& host = "127.0.0.1");
  // The same over TLS, with a certificate.
  explicit LoopbackServer(const TestCertificate& certificate, const std::string& host = "127.0.0.1");
  ~LoopbackServer();

  using Handler = std::function<ServerResponse(const ServerRequest&)>;
  // From now on; a path with its query goes before the path alone. Callable while the server runs. The
  // handler runs in the server's threads.
  void answer(const std::string& path, Handler handler);
  void answer(const std::string& path, const ServerResponse& answer);
  // A page with an ETag of its bytes, answered 304 when the validator matches.
  void serve_page(const std::string& path, const std::string& body,
                  const std::string& content_type = "text/html; charset=utf-8");

  std::string address(const std::string& path = "/") const;  // "http://127.0.0.1:PORT/path"
  std::string host_and_port() const;
  int hits(const std::string& path) const;
  std::vector<ServerRequest> requests() const;  // robots.txt among them
  int status_count(int status) const;           // answers with that status, robots.txt left out
  int max_concurrent_requests() const;                     // requests that were in handlers at the same time
  void forget_requests();

 private:
  struct State;
  void listen();
  std::unique_ptr<State> state_;
};

// A server that says what it is told to and no HTTP of its own: each connection gets `bytes` after its
// request's headers, then is closed, or, with `hang`, kept open until the client leaves or the object ends:
// in silence, or, with a `drop`, with that again and again, about a hundred times a second.
class RawServer {
 public:
  explicit RawServer(std::string bytes, bool hang = false, std::string drop = "");
  ~RawServer();
  std::string address(const std::string& path = "/") const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stubkeeper::testing
