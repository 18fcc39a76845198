// Clients that hold connections open: nobody else waits for them for long, and the server ends them.

#include <arpa/inet.h>
#include <httplib.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "cli/serve/page_server.h"
#include "tests/support/catch.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

constexpr std::chrono::hours very_long{1};
constexpr std::chrono::milliseconds very_short{20};

// The server in a thread of this process, answering "here" to everything.
class ServerThread {
 public:
  explicit ServerThread(cli::ConnectionTimeLimits time_limit) : server_(ok(cli::PageServer::bind(0, time_limit))) {
    thread_ = std::thread{[this] {
      server_->serve(
          [](const cli::Request& request) {
            cli::Response answer;
            answer.body = request.field("said").empty() ? "here" : request.field("said");
            return answer;
          },
          [this] { return keep_going_.load(); });
    }};
  }
  ~ServerThread() { stop(); }
  void stop() {
    keep_going_ = false;
    if (thread_.joinable()) thread_.join();
  }
  int port() const { return server_->port(); }
  std::string get() const {
    httplib::Client client{"127.0.0.1", port()};
    client.set_read_timeout(very_long);
    const auto answer = client.Get("/");
    return answer ? answer->body : "no answer";
  }

 private:
  std::unique_ptr<cli::PageServer> server_;
  std::atomic<bool> keep_going_{true};
  std::thread thread_;
};

// A client that says what it likes, when it likes.
class Connection {
 public:
  Connection(int port, const std::string& bytes) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    send(bytes);
  }
  ~Connection() { ::close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool send(const std::string& bytes) const {
    return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
  }
  // What the server says until it ends the connection.
  std::string read_rest() const {
    std::string said;
    char bytes[4096];
    for (;;) {
      const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
      if (count <= 0) return said;
      said.append(bytes, static_cast<std::size_t>(count));
    }
  }
  // Sends a byte, again and again, until the server has ended the connection; how many it took.
  int send_slowly() const {
    int sent = 0;
    for (pollfd descriptor{socket_, POLLIN, 0}; ::poll(&descriptor, 1, 1) == 0; ++sent) {
      if (!send("a")) break;
    }
    return sent;
  }

 private:
  int socket_;
};

const std::string partial_header = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ";
const std::string partial_body =
    "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: 1000000\r\n\r\nsaid=";

}  // namespace

TEST_CASE("whoever holds all connections open keeps nobody from being answered") {
  ServerThread serving{{very_long, very_short}};
  const std::string begun[] = {partial_header, partial_body, ""};
  std::vector<std::unique_ptr<Connection>> slow;
  for (int i = 0; i < 120; ++i) slow.push_back(std::make_unique<Connection>(serving.port(), begun[i % 3]));
  for (int i = 0; i < 3; ++i) CHECK(serving.get() == "here");
}

TEST_CASE("a header that never ends and a body that drips are ended though nobody waits") {
  ServerThread serving{{very_short, very_short}};
  for (const std::string& begun : {partial_header, partial_body}) {
    const Connection slow{serving.port(), begun};
    slow.send_slowly();
    CHECK(slow.read_rest().find("200 OK") == std::string::npos);
  }
  CHECK(serving.get() == "here");
}

TEST_CASE("a connection that says nothing is ended") {
  ServerThread serving{{very_short, very_short}};
  const Connection idle{serving.port(), ""};
  CHECK(idle.read_rest().find("200 OK") == std::string::npos);
}

TEST_CASE("a connection that asks to be kept is ended behind its answer") {
  ServerThread serving{{very_long, very_long}};
  std::vector<std::unique_ptr<Connection>> kept;
  for (int i = 0; i < 40; ++i) {
    kept.push_back(std::make_unique<Connection>(
        serving.port(), "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n\r\n"));
  }
  for (const auto& connection : kept) CHECK(connection->read_rest().ends_with("\r\n\r\nhere"));
  CHECK(serving.get() == "here");
}

TEST_CASE("the server ends when asked though connections are held open") {
  ServerThread serving{{very_long, very_long}};
  const Connection idle{serving.port(), ""};
  const Connection slow{serving.port(), partial_header};
  CHECK(serving.get() == "here");
  serving.stop();
  CHECK(idle.read_rest().empty());
}
