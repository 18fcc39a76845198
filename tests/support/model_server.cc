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
  Answer make_answer;
  std::mutex answering;
  int port = 0;
  httplib::Server server;
  std::thread thread;
  mutable std::mutex mutex;
  mutable std::condition_variable changed;
  std::vector<AskedRequest> requests;
  int at_once = 0;
  int most_at_once = 0;
  int together = 0;
  bool stopping = false;

  PlayedAnswer take(const httplib::Request& request) {
    AskedRequest asked{request.method, request.target, {}, request.body, {}};
    for (const auto& [name, part] : request.files) asked.parts[name] = part.content;
    for (const auto& [name, value] : request.headers) {
      std::string lower = name;
      for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      asked.headers[lower] = value;
    }
    std::unique_lock lock{mutex};
    requests.push_back(asked);
    most_at_once = std::max(most_at_once, ++at_once);
    changed.notify_all();
    changed.wait(lock, [&] { return static_cast<int>(requests.size()) >= together || stopping; });
    lock.unlock();
    const std::lock_guard one{answering};
    return make_answer(asked);
  }

  void hold() {
    std::unique_lock lock{mutex};
    changed.wait(lock, [&] { return stopping; });
  }

  void serve(const httplib::Request& request, httplib::Response& response) {
    const PlayedAnswer answer = take(request);
    response.status = answer.status;
    for (const auto& [name, value] : answer.headers) response.set_header(name, value);
    const std::string body = answer.body;
    switch (answer.way) {
      case PlayedAnswer::Way::whole:
        response.set_content(body, answer.content_type);
        break;
      case PlayedAnswer::Way::hanging:
        hold();
        break;
      case PlayedAnswer::Way::dripping:
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
      case PlayedAnswer::Way::cut:
        response.set_content_provider(body.size(), answer.content_type,
                                      [body](std::size_t offset, std::size_t, httplib::DataSink& sink) {
                                        if (offset == 0) sink.write(body.data(), body.size() / 2);
                                        return offset == 0;
                                      });
        break;
      case PlayedAnswer::Way::huge:
        response.set_content_provider(huge_bytes, answer.content_type,
                                      [](std::size_t, std::size_t left, httplib::DataSink& sink) {
                                        static const std::string part(1 << 16, ' ');
                                        return sink.write(part.data(), std::min(left, part.size()));
                                      });
        break;
    }
    const std::lock_guard lock{mutex};
    --at_once;
  }
};

namespace {

ModelServer::Answer in_turn(std::vector<PlayedAnswer> answers) {
  REQUIRE_FALSE(answers.empty());
  return [answers = std::move(answers), next = std::size_t{0}](const AskedRequest&) mutable {
    return answers[std::min(next++, answers.size() - 1)];
  };
}

}  // namespace

ModelServer::ModelServer(std::vector<PlayedAnswer> answers) : ModelServer(in_turn(std::move(answers))) {}

ModelServer::ModelServer(Answer answer) : state_(std::make_unique<State>()) {
  State& state = *state_;
  state.make_answer = std::move(answer);
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

std::vector<AskedRequest> ModelServer::requests() const {
  const std::lock_guard lock{state_->mutex};
  return state_->requests;
}

int ModelServer::most_at_once() const {
  const std::lock_guard lock{state_->mutex};
  return state_->most_at_once;
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
