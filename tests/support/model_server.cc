#include "tests/support/model_server.h"

#include <httplib.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "tests/support/catch.h"

namespace stubkeeper::testing {
namespace {

constexpr std::size_t huge_bytes = 100'000'000;

}  // namespace

struct ModelServer::State {
  Answer handler;
  std::mutex answering;
  int port = 0;
  httplib::Server server;
  std::thread thread;
  mutable std::mutex mutex;
  mutable std::condition_variable changed;
  std::vector<EndpointRequest> requests;
  int concurrent_requests = 0;
  int max_concurrent_requests = 0;
  int together = 0;
  bool stopping = false;

  EndpointResponse take(const httplib::Request& request) {
    EndpointRequest endpoint_request{request.method, request.target, {}, request.body, {}};
    for (const auto& [name, part] : request.files) endpoint_request.parts[name] = part.content;
    for (const auto& [name, value] : request.headers) {
      std::string lower = name;
      for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      endpoint_request.headers[lower] = value;
    }
    std::unique_lock lock{mutex};
    requests.push_back(endpoint_request);
    max_concurrent_requests = std::max(max_concurrent_requests, ++concurrent_requests);
    changed.notify_all();
    changed.wait(lock, [&] { return static_cast<int>(requests.size()) >= together || stopping; });
    lock.unlock();
    const std::lock_guard one{answering};
    return handler(endpoint_request);
  }

  void hold() {
    std::unique_lock lock{mutex};
    changed.wait(lock, [&] { return stopping; });
  }

  void serve(const httplib::Request& request, httplib::Response& response) {
    const EndpointResponse answer = take(request);
    response.status = answer.status;
    for (const auto& [name, value] : answer.headers) response.set_header(name, value);
    const std::string body = answer.body;
    switch (answer.delivery) {
      case EndpointResponse::Delivery::whole:
        response.set_content(body, answer.content_type);
        break;
      case EndpointResponse::Delivery::hanging:
        hold();
        break;
      case EndpointResponse::Delivery::dripping:
        response.set_content_provider(body.size(), answer.content_type,
                                      [this, body](std::size_t offset, std::size_t, httplib::DataSink& sink) {
                                        std::unique_lock lock{mutex};
                                        changed.wait_for(lock, std::chrono::milliseconds{5});
                                        if (stopping) return false;
                                        lock.unlock();
                                        if (offset + 1 >= body.size()) return sink.is_writable();
                                        return sink.write(body.data() + offset, 1);
                                      });
        break;
      case EndpointResponse::Delivery::truncated:
        response.set_content_provider(body.size(), answer.content_type,
                                      [body](std::size_t offset, std::size_t, httplib::DataSink& sink) {
                                        if (offset == 0) sink.write(body.data(), body.size() / 2);
                                        return offset == 0;
                                      });
        break;
      case EndpointResponse::Delivery::huge:
        response.set_content_provider(huge_bytes, answer.content_type,
                                      [](std::size_t, std::size_t left, httplib::DataSink& sink) {
                                        static const std::string part(1 << 16, ' ');
                                        return sink.write(part.data(), std::min(left, part.size()));
                                      });
        break;
    }
    const std::lock_guard lock{mutex};
    --concurrent_requests;
  }
};

namespace {

ModelServer::Answer answer_in_order(std::vector<EndpointResponse> answers) {
  REQUIRE_FALSE(answers.empty());
  return [answers = std::move(answers), next = std::size_t{0}](const EndpointRequest&) mutable {
    return answers[std::min(next++, answers.size() - 1)];
  };
}

}  // namespace

ModelServer::ModelServer(std::vector<EndpointResponse> answers) : ModelServer(answer_in_order(std::move(answers))) {}

ModelServer::ModelServer(Answer answer) : state_(std::make_unique<State>()) {
  State& state = *state_;
  state.handler = std::move(answer);
  const auto serve = [&state](const httplib::Request& request, httplib::Response& response) {
    state.serve(request, response);
  };
  state.server.Post(".*", serve);
  state.server.Get(".*", serve);
  // A client on a busy machine may take long over sending.
  state.server.set_read_timeout(300, 0);
  state.server.set_keep_alive_timeout(300);  // before the first byte, too
  state.port = state.server.bind_to_any_port("127.0.0.1");
  REQUIRE(state.port > 0);
  state.thread = std::thread{[&state] { state.server.listen_after_bind(); }};
  while (!state.server.is_running()) std::this_thread::yield();
}

ModelServer::~ModelServer() {
  {
    const std::lock_guard lock{state_->mutex};
    state_->stopping = true;
  }
  state_->changed.notify_all();
  state_->server.stop();
  state_->thread.join();
}

std::string ModelServer::address(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(state_->port) + path;
}

int ModelServer::hits() const {
  const std::lock_guard lock{state_->mutex};
  return static_cast<int>(state_->requests.size());
}

std::vector<EndpointRequest> ModelServer::requests() const {
  const std::lock_guard lock{state_->mutex};
  return state_->requests;
}

int ModelServer::max_concurrent_requests() const {
  const std::lock_guard lock{state_->mutex};
  return state_->max_concurrent_requests;
}

void ModelServer::hold_until(int together) {
  const std::lock_guard lock{state_->mutex};
  state_->together = together;
}

void ModelServer::wait_for_hits(int count) const {
  std::unique_lock lock{state_->mutex};
  state_->changed.wait(lock, [&] { return static_cast<int>(state_->requests.size()) >= count; });
}

}  // namespace stubkeeper::testing
