#include "tests/support/loopback_server.h"

#include <arpa/inet.h>
#include <httplib.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "base/sha256.h"
#include "tests/support/catch.h"
#include "tests/support/test_authority.h"

namespace stubkeeper::testing {

struct LoopbackServer::State {
  std::string scheme = "http";
  std::string host;
  int port = 0;
  std::unique_ptr<httplib::Server> server = std::make_unique<httplib::Server>();
  std::thread thread;
  mutable std::mutex mutex;
  std::map<std::string, Handler> handlers;
  std::vector<ServerRequest> requests;
  std::map<int, int> statuses;
  std::atomic<int> concurrent_requests{0};
  std::atomic<int> max_concurrent_requests{0};

  void serve(const httplib::Request& request, httplib::Response& response) {
    const int now = ++concurrent_requests;
    for (int peak = max_concurrent_requests; now > peak && !max_concurrent_requests.compare_exchange_weak(peak, now);) {
    }
    ServerRequest served{request.method, request.target, {}, request.remote_port};
    for (const auto& [name, value] : request.headers) {
      std::string lower = name;
      for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      served.headers[lower] = value;
    }
    Handler handler;
    {
      const std::lock_guard lock{mutex};
      requests.push_back(served);
      auto found = handlers.find(served.path);
      if (found == handlers.end()) found = handlers.find(served.path.substr(0, served.path.find('?')));
      if (found != handlers.end()) handler = found->second;
    }
    const ServerResponse answer = handler ? handler(served) : ServerResponse{404, "not found", "text/plain", {}};
    response.status = answer.status;
    for (const auto& [name, value] : answer.headers) response.set_header(name, value);
    if (!answer.body.empty()) response.set_content(answer.body, answer.content_type);
    if (served.path != "/robots.txt") {
      const std::lock_guard lock{mutex};
      ++statuses[answer.status];
    }
    --concurrent_requests;
  }
};

LoopbackServer::LoopbackServer(const std::string& host) : state_(std::make_unique<State>()) {
  state_->host = host;
  listen();
}

LoopbackServer::LoopbackServer(const TestCertificate& certificate, const std::string& host)
    : state_(std::make_unique<State>()) {
  state_->host = host;
  state_->scheme = "https";
  state_->server = std::make_unique<httplib::SSLServer>(certificate.certificate.get(), certificate.key.get());
  listen();
}

void LoopbackServer::listen() {
  State& state = *state_;
  state.server->set_keep_alive_max_count(10'000);
  state.server->Get(".*", [&state](const httplib::Request& request, httplib::Response& response) {
    state.serve(request, response);
  });
  state.port = state.server->bind_to_any_port(state.host);
  REQUIRE(state.port > 0);
  state.thread = std::thread{[&state] { state.server->listen_after_bind(); }};
  // The socket listens since it was bound; a client that comes now waits in its queue.
  while (!state.server->is_running()) std::this_thread::yield();
}

LoopbackServer::~LoopbackServer() {
  state_->server->stop();
  state_->thread.join();
}

void LoopbackServer::answer(const std::string& path, Handler handler) {
  const std::lock_guard lock{state_->mutex};
  state_->handlers[path] = std::move(handler);
}

void LoopbackServer::answer(const std::string& path, const ServerResponse& given) {
  answer(path, [given](const ServerRequest&) { return given; });
}

void LoopbackServer::serve_page(const std::string& path, const std::string& body,
                                const std::string& content_type) {
  const std::string etag = "\"" + sha256_hex(body).substr(0, 16) + "\"";
  answer(path, [=](const ServerRequest& request) {
    const auto validator = request.headers.find("if-none-match");
    if (validator != request.headers.end() && validator->second == etag)
      return ServerResponse{304, "", "", {{"ETag", etag}}};
    return ServerResponse{200, body, content_type, {{"ETag", etag}}};
  });
}

std::string LoopbackServer::host_and_port() const {
  return state_->host + ":" + std::to_string(state_->port);
}
std::string LoopbackServer::address(const std::string& path) const {
  return state_->scheme + "://" + host_and_port() + path;
}

int LoopbackServer::hits(const std::string& path) const {
  const std::lock_guard lock{state_->mutex};
  return static_cast<int>(std::count_if(state_->requests.begin(), state_->requests.end(),
                                        [&](const ServerRequest& request) { return request.path == path; }));
}

std::vector<ServerRequest> LoopbackServer::requests() const {
  const std::lock_guard lock{state_->mutex};
  return state_->requests;
}

int LoopbackServer::status_count(int status) const {
  const std::lock_guard lock{state_->mutex};
  const auto found = state_->statuses.find(status);
  return found == state_->statuses.end() ? 0 : found->second;
}

int LoopbackServer::max_concurrent_requests() const {
  return state_->max_concurrent_requests;
}

void LoopbackServer::forget_requests() {
  const std::lock_guard lock{state_->mutex};
  state_->requests.clear();
  state_->statuses.clear();
}

struct RawServer::State {
  std::string bytes;
  bool hang = false;
  std::string drop;
  int listener = -1;
  int port = 0;
  int stop_pipe[2] = {-1, -1};
  std::thread thread;

  bool wait_for(int descriptor) const {
    pollfd waits[2] = {{descriptor, POLLIN, 0}, {stop_pipe[0], POLLIN, 0}};
    return ::poll(waits, 2, -1) > 0 && waits[1].revents == 0;
  }

  bool drip(int connection) const {
    constexpr int milliseconds_between_drops = 10;
    pollfd stopped{stop_pipe[0], POLLIN, 0};
    if (::poll(&stopped, 1, milliseconds_between_drops) != 0) return false;
    return ::send(connection, drop.data(), drop.size(), MSG_NOSIGNAL) > 0;
  }

  void run() {
    while (wait_for(listener)) {
      const int connection = ::accept(listener, nullptr, nullptr);
      if (connection < 0) continue;
      std::string request;
      char buffer[4096];
      while (request.find("\r\n\r\n") == std::string::npos && wait_for(connection)) {
        const ssize_t count = ::recv(connection, buffer, sizeof buffer, 0);
        if (count <= 0) break;
        request.append(buffer, static_cast<std::size_t>(count));
      }
      // robots.txt is never the point of such a server.
      const std::string answer =
          request.starts_with("GET /robots.txt ")
              ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
              : bytes;
      std::size_t sent = 0;
      while (sent < answer.size()) {
        const ssize_t count = ::send(connection, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) break;
        sent += static_cast<std::size_t>(count);
      }
      if (hang && !request.starts_with("GET /robots.txt ")) {
        // Until the client gives up or the test ends.
        while (!drop.empty() && drip(connection)) {
        }
        while (wait_for(connection) && ::recv(connection, buffer, sizeof buffer, 0) > 0) {
        }
      }
      ::close(connection);
    }
  }
};

RawServer::RawServer(std::string bytes, bool hang, std::string drop) : state_(std::make_unique<State>()) {
  State& state = *state_;
  state.bytes = std::move(bytes);
  state.hang = hang;
  state.drop = std::move(drop);
  REQUIRE(::pipe(state.stop_pipe) == 0);
  state.listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::bind(state.listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(::listen(state.listener, 16) == 0);
  socklen_t length = sizeof address;
  REQUIRE(::getsockname(state.listener, reinterpret_cast<sockaddr*>(&address), &length) == 0);
  state.port = ntohs(address.sin_port);
  state.thread = std::thread{[&state] { state.run(); }};
}

RawServer::~RawServer() {
  static_cast<void>(!::write(state_->stop_pipe[1], "x", 1));
  state_->thread.join();
  ::close(state_->listener);
  ::close(state_->stop_pipe[0]);
  ::close(state_->stop_pipe[1]);
}

std::string RawServer::address(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(state_->port) + path;
}

}  // namespace stubkeeper::testing
