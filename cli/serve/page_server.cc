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
constexpr std::ptrdiff_t most_connections = 80;
constexpr std::size_t most_bytes = 2'000'000;
constexpr std::chrono::milliseconds patience_with_leavers{500};

// What its threads tell each other.
struct Crowd {
  std::atomic<int> waiting{0};  // connections that no thread has taken yet
  std::atomic<bool> leaving{false};
};

// httplib's pool of threads with an end to what may wait for it: then connections wait in the system's own
// queue. Asks whether to go on whenever nothing comes.
class BoundedQueue final : public httplib::TaskQueue {
 public:
  BoundedQueue(Crowd& crowd, std::function<void()> when_idle)
      : crowd_(crowd), when_idle_(std::move(when_idle)), pool_(threads) {}

  void enqueue_task(std::function<void()> task) {
    when_idle_();
    ++crowd_.waiting;
    free_.acquire();
    pool_.enqueue([this, task = std::move(task)] {
      --crowd_.waiting;
      task();
      free_.release();
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
  Crowd& crowd_;
  std::function<void()> when_idle_;
  std::counting_semaphore<> free_{most_connections};
  httplib::ThreadPool pool_;
};

// httplib's server with an end to every connection, which its own timeouts, for each single read, do not
// give.
class BoundedServer final : public httplib::Server {
 public:
  BoundedServer(const Crowd& crowd, ConnectionPatience patience) : crowd_(crowd), patience_(patience) {}

 private:
  std::chrono::milliseconds patience() const {
    if (crowd_.leaving) return std::chrono::milliseconds{0};
    return crowd_.waiting > 0 ? patience_.while_others_wait : patience_.alone;
  }

  bool process_and_close_socket(socket_t socket) {
    DeadlineStream stream{socket, [this] { return patience(); }, most_bytes};
    const bool answered = process(stream);
    stream.drain(patience_with_leavers);
    ::shutdown(socket, SHUT_RDWR);
    ::close(socket);
    return answered;
  }

  template <typename Stream>
  bool process(Stream& stream) {
    bool closed = false;
    const std::function<void(httplib::Request&)> plain = [](httplib::Request& request) {
      // Compressing costs more than loopback does, and a part of a page is nothing that a browser needs.
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

  const Crowd& crowd_;
  const ConnectionPatience patience_;
};

Request request_of(const httplib::Request& from) {
  Request request;
  request.method = from.method;
  request.path = from.path;
  const std::size_t question = from.target.find('?');
  if (question != std::string::npos)
    request.query = parse_fields(std::string_view{from.target}.substr(question + 1));
  for (const auto& [name, value] : from.headers) {
    // A header that comes twice is no browser's: both values together match nothing.
    auto [place, first] = request.headers.emplace(ascii_lower(name), value);
    if (!first) place->second += ", " + value;
  }
  return request;
}

// On every answer, also on those that httplib gives by itself.
const httplib::Headers always{
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

void put(const Answer& answer, httplib::Response& response) {
  response.status = answer.status;
  if (!answer.location.empty()) response.set_header("Location", answer.location);
  if (!answer.set_cookie.empty()) response.set_header("Set-Cookie", answer.set_cookie);
  if (!answer.body.empty()) response.set_content(answer.body, answer.content_type);
}

}  // namespace

struct PageServer::Listening {
  explicit Listening(ConnectionPatience patience) : server(crowd, patience) {}
  Crowd crowd;
  BoundedServer server;
  int port = 0;
  std::mutex one_at_a_time;
};

PageServer::PageServer(std::unique_ptr<Listening> listening) : listening_(std::move(listening)) {}
PageServer::~PageServer() = default;

int PageServer::port() const {
  return listening_->port;
}

Result<std::unique_ptr<PageServer>> PageServer::bind(int port, ConnectionPatience patience) {
  auto listening = std::make_unique<Listening>(patience);
  httplib::Server& server = listening->server;
  server.set_address_family(AF_INET);
  // Not httplib's own choice, SO_REUSEPORT, with which two programs would share a port.
  server.set_socket_options([](socket_t socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  server.set_payload_max_length(most_bytes);
  server.set_default_headers(always);
  if (port == 0) {
    listening->port = server.bind_to_any_port("127.0.0.1");
  } else if (server.bind_to_port("127.0.0.1", port)) {
    listening->port = port;
  }
  if (listening->port <= 0) {
    return Error{
        ErrorCode::refused, fmt::format("port {} of 127.0.0.1 cannot be had", port), "",
        "another program has it, perhaps a `stubkeeper serve`; choose another --port, or leave it out"};
  }
  return std::unique_ptr<PageServer>{new PageServer{std::move(listening)}};
}

void PageServer::serve(const std::function<Answer(const Request&)>& answer,
                       const std::function<bool()>& keep_going) {
  httplib::Server& server = listening_->server;
  const auto respond = [&](const Request& request, httplib::Response& response) {
    const std::lock_guard one{listening_->one_at_a_time};
    put(answer(request), response);
  };
  server.set_pre_routing_handler([&](const httplib::Request& from, httplib::Response& response) {
    if (from.method == "POST") return httplib::Server::HandlerResponse::Unhandled;
    respond(request_of(from), response);
    return httplib::Server::HandlerResponse::Handled;
  });
  // httplib's own reading of forms ends at 8 KB, and mixes them with the query.
  server.Post("[\\s\\S]*", [&](const httplib::Request& from, httplib::Response& response,
                               const httplib::ContentReader& read) {
    Request request = request_of(from);
    std::string body;
    const bool whole = read([&](const char* bytes, std::size_t size) {
      body.append(bytes, size);
      return body.size() <= most_bytes;
    });
    // Half a form decides nothing.
    if (!whole) {
      response.status = body.size() > most_bytes ? 413 : 400;
      return;
    }
    if (from.get_header_value("Content-Type").starts_with("application/x-www-form-urlencoded"))
      request.form = parse_fields(body);
    respond(request, response);
  });
  server.set_idle_interval(std::chrono::milliseconds{200});
  server.new_task_queue = [&] {
    return new BoundedQueue{listening_->crowd, [&] {  // httplib deletes it
                              if (keep_going()) return;
                              listening_->crowd.leaving = true;
                              server.stop();
                            }};
  };
  server.listen_after_bind();
}

}  // namespace stubkeeper::cli
