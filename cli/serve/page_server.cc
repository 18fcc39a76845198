#include "cli/serve/page_server.h"

#include <fmt/format.h>
#include <httplib.h>
#include <sys/socket.h>

#include <atomic>
#include <mutex>
#include <semaphore>

#include "base/text/ascii.h"
#include "cli/serve/deadline_stream.h"

namespace stubkeeper::cli {
namespace {

constexpr std::size_t threads = 16;
constexpr std::ptrdiff_t max_connections = 80;
constexpr std::size_t max_bytes = 2'000'000;
constexpr std::chrono::milliseconds drain_time_limit{500};

// Shared by its threads.
struct ServerLoad {
  std::atomic<int> waiting{0};  // connections that no thread has taken yet
  std::atomic<bool> stopping{false};
};

// httplib's pool of threads with a limit to its queue: then connections wait in the system's queue.
// Calls `when_idle` whenever nothing comes.
class BoundedQueue final : public httplib::TaskQueue {
 public:
  BoundedQueue(ServerLoad& load, std::function<void()> when_idle)
      : load_(load), when_idle_(std::move(when_idle)), pool_(threads) {}

  void enqueue_task(std::function<void()> task) {
    when_idle_();
    ++load_.waiting;
    slots_.acquire();
    pool_.enqueue([this, task = std::move(task)] {
      --load_.waiting;
      task();
      slots_.release();
    });
  }
  // Gives nothing in httplib 0.11, and whether the task was taken in later versions.
  auto enqueue(std::function<void()> task)
      -> decltype(std::declval<httplib::TaskQueue&>().enqueue(std::function<void()>{})) {
    enqueue_task(std::move(task));
    return decltype(std::declval<httplib::TaskQueue&>().enqueue(std::function<void()>{}))(1);
  }
  void shutdown() { pool_.shutdown(); }
  void on_idle() { when_idle_(); }

 private:
  ServerLoad& load_;
  std::function<void()> when_idle_;
  std::counting_semaphore<> slots_{max_connections};
  httplib::ThreadPool pool_;
};

// httplib's server with a time limit for each connection; its own timeouts are for single reads.
class BoundedServer final : public httplib::Server {
 public:
  BoundedServer(const ServerLoad& load, ConnectionTimeLimits time_limit)
      : load_(load), time_limit_(time_limit) {}

 private:
  std::chrono::milliseconds time_limit() const {
    if (load_.stopping) return std::chrono::milliseconds{0};
    return load_.waiting > 0 ? time_limit_.under_load : time_limit_.normal;
  }

  bool process_and_close_socket(socket_t socket) {
    DeadlineStream stream{socket, [this] { return time_limit(); }, max_bytes};
    const bool answered = process(stream);
    stream.drain(drain_time_limit);
    ::shutdown(socket, SHUT_RDWR);
    ::close(socket);
    return answered;
  }

  template <typename Stream>
  bool process(Stream& stream) {
    bool closed = false;
    const std::function<void(httplib::Request&)> plain = [](httplib::Request& request) {
      // Compressing costs more than loopback; no browser needs a part of a page.
      request.headers.erase("Accept-Encoding");
      request.headers.erase("Range");
      request.ranges.clear();
    };
    if constexpr (requires { this->process_request(stream, true, closed, plain); }) {
      return this->process_request(stream, true, closed, plain);
    } else {  // httplib 0.16 and later
      return this->process_request(stream, std::string{}, 0, std::string{}, 0, true, closed, plain);
    }
  }

  const ServerLoad& load_;
  const ConnectionTimeLimits time_limit_;
};

Request to_request(const httplib::Request& from) {
  Request request;
  request.method = from.method;
  request.path = from.path;
  const std::size_t question = from.target.find('?');
  if (question != std::string::npos)
    request.query = parse_form_urlencoded(std::string_view{from.target}.substr(question + 1));
  for (const auto& [name, value] : from.headers) {
    // No browser sends a header twice; both values together match nothing.
    auto [place, first] = request.headers.emplace(ascii_lower(name), value);
    if (!first) place->second += ", " + value;
  }
  return request;
}

// Of every answer, also of those that httplib gives by itself.
const httplib::Headers security_headers{
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
     "base-uri 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
};

void write_response(const Response& answer, httplib::Response& response) {
  response.status = answer.status;
  if (!answer.location.empty()) response.set_header("Location", answer.location);
  if (!answer.set_cookie.empty()) response.set_header("Set-Cookie", answer.set_cookie);
  if (!answer.body.empty()) response.set_content(answer.body, answer.content_type);
}

}  // namespace

struct PageServer::Listener {
  explicit Listener(ConnectionTimeLimits time_limit) : server(load, time_limit) {}
  ServerLoad load;
  BoundedServer server;
  int port = 0;
  std::mutex handler_mutex;
};

PageServer::PageServer(std::unique_ptr<Listener> listener) : listener_(std::move(listener)) {}
PageServer::~PageServer() = default;

int PageServer::port() const {
  return listener_->port;
}

Result<std::unique_ptr<PageServer>> PageServer::bind(int port, ConnectionTimeLimits time_limit) {
  auto listener = std::make_unique<Listener>(time_limit);
  httplib::Server& server = listener->server;
  server.set_address_family(AF_INET);
  // Not httplib's own choice, SO_REUSEPORT, with which two programs would share a port.
  server.set_socket_options([](socket_t socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  server.set_payload_max_length(max_bytes);
  server.set_default_headers(security_headers);
  if (port == 0) {
    listener->port = server.bind_to_any_port("127.0.0.1");
  } else if (server.bind_to_port("127.0.0.1", port)) {
    listener->port = port;
  }
  if (listener->port <= 0) {
    return Error{
        ErrorCode::refused, fmt::format("port {} of 127.0.0.1 cannot be had", port), "",
        "another program has it, perhaps a `stubkeeper serve`; choose another --port, or leave it out"};
  }
  return std::unique_ptr<PageServer>{new PageServer{std::move(listener)}};
}

void PageServer::serve(const std::function<Response(const Request&)>& answer,
                       const std::function<bool()>& keep_going) {
  httplib::Server& server = listener_->server;
  const auto respond = [&](const Request& request, httplib::Response& response) {
    const std::lock_guard one{listener_->handler_mutex};
    write_response(answer(request), response);
  };
  server.set_pre_routing_handler([&](const httplib::Request& from, httplib::Response& response) {
    if (from.method == "POST") return httplib::Server::HandlerResponse::Unhandled;
    respond(to_request(from), response);
    return httplib::Server::HandlerResponse::Handled;
  });
  // httplib's own reading of forms ends at 8 KB, and mixes them with the query.
  server.Post("[\\s\\S]*", [&](const httplib::Request& from, httplib::Response& response,
                               const httplib::ContentReader& read) {
    Request request = to_request(from);
    std::string body;
    const bool whole = read([&](const char* bytes, std::size_t size) {
      body.append(bytes, size);
      return body.size() <= max_bytes;
    });
    // Half a form decides nothing.
    if (!whole) {
      response.status = body.size() > max_bytes ? 413 : 400;
      return;
    }
    if (from.get_header_value("Content-Type").starts_with("application/x-www-form-urlencoded"))
      request.form = parse_form_urlencoded(body);
    respond(request, response);
  });
  server.set_idle_interval(std::chrono::milliseconds{200});
  server.new_task_queue = [&] {
    return new BoundedQueue{listener_->load, [&] {  // httplib deletes it
                              if (keep_going()) return;
                              listener_->load.stopping = true;
                              server.stop();
                            }};
  };
  server.listen_after_bind();
}

}  // namespace stubkeeper::cli
