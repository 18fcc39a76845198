#include "tests/world/web_server.h"

#include <httplib.h>

#include <atomic>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "tests/world/web.h"

namespace stubkeeper::world {
namespace {

struct Target {
  std::string host;
  std::string path;
};

// Of a proxy's request line, "http://HOST/PATH".
Target split_target(const std::string& target) {
  constexpr std::string_view scheme = "http://";
  if (!target.starts_with(scheme)) return {"", target};
  const std::size_t slash = target.find('/', scheme.size());
  if (slash == std::string::npos) return {target.substr(scheme.size()), "/"};
  return {target.substr(scheme.size(), slash - scheme.size()), target.substr(slash)};
}

// As it is: the library would pack a body that it was given whole, with most of the time of a small page.
void send(WebAnswer answer, httplib::Response& response) {
  const std::size_t size = answer.body.size();
  const std::string type = answer.content_type;
  if (size == 0) return;
  response.set_content_provider(
      size, type,
      [body = std::move(answer.body)](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
        return sink.write(body.data() + offset, length);
      });
}

}  // namespace

struct WebServer::State {
  explicit State(const World& of) : world(of) {}

  const World& world;
  std::atomic<int> day{0};
  httplib::Server server;
  int port = 0;
  std::thread thread;
  std::mutex mutex;
  std::vector<WebRequest> requests;

  void serve(const httplib::Request& request, httplib::Response& response) {
    const Target target = split_target(request.target);
    WebAnswer answer = answer_request(world, target.host, target.path, day);
    if (!answer.etag.empty()) {
      response.set_header("ETag", answer.etag);
      if (request.get_header_value("If-None-Match") == answer.etag) answer.status = 304;
    }
    if (!answer.location.empty()) response.set_header("Location", answer.location);
    response.status = answer.status;
    if (answer.status != 304) send(std::move(answer), response);
    if (target.path == "/robots.txt") return;
    const std::lock_guard lock{mutex};
    requests.push_back({day, target.host, target.path, answer.status});
  }
};

WebServer::WebServer(const World& world) : state_(std::make_unique<State>(world)) {
  State& state = *state_;
  state.server.set_keep_alive_max_count(100'000);
  state.server.Get(".*", [&state](const httplib::Request& request, httplib::Response& response) {
    state.serve(request, response);
  });
  state.port = state.server.bind_to_any_port("127.0.0.1");
  if (state.port <= 0) throw std::runtime_error{"no loopback port can be had"};
  state.thread = std::thread{[&state] { state.server.listen_after_bind(); }};
  while (!state.server.is_running()) std::this_thread::yield();
}

WebServer::~WebServer() {
  state_->server.stop();
  state_->thread.join();
}

std::string WebServer::address() const {
  return "http://127.0.0.1:" + std::to_string(state_->port);
}

void WebServer::set_day(int day) {
  state_->day = day;
}

std::vector<WebRequest> WebServer::take_requests() {
  const std::lock_guard lock{state_->mutex};
  return std::exchange(state_->requests, {});
}

}  // namespace stubkeeper::world
