// What connections are made, kept and trusted.

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <set>
#include <thread>

#include "tests/crawler/fetcher_fixture.h"
#include "tests/support/fake_dns.h"
#include "tests/support/loopback_server.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_authority.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;
using namespace stubkeeper::testing;

namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

int free_port() {
  const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = loopback(0);
  REQUIRE(::bind(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  socklen_t length = sizeof address;
  REQUIRE(::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &length) == 0);
  ::close(probe);
  return ntohs(address.sin_port);
}

// nghttp2's server, which speaks HTTP/2 and nothing else.
class Http2Server {
 public:
  Http2Server(const std::string& htdocs, const std::string& key_file, const std::string& certificate_file)
      : port_(free_port()) {
    const std::string port = std::to_string(port_);
    process_ = ::fork();
    if (process_ == 0) {
      const int nowhere = ::open("/dev/null", O_WRONLY);
      ::dup2(nowhere, 1);
      ::dup2(nowhere, 2);
      ::execlp("nghttpd", "nghttpd", "--htdocs", htdocs.c_str(), port.c_str(), key_file.c_str(),
               certificate_file.c_str(), static_cast<char*>(nullptr));
      ::_exit(127);
    }
    while (!is_listening()) {
      INFO("nghttpd (Debian: nghttp2-server) could not be started");
      REQUIRE(::waitpid(process_, nullptr, WNOHANG) == 0);
      std::this_thread::yield();
    }
  }
  ~Http2Server() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
  }
  std::string address(const std::string& path) const {
    return "https://127.0.0.1:" + std::to_string(port_) + path;
  }

 private:
  bool is_listening() const {
    const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(port_);
    const bool connected = ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(probe);
    return connected;
  }
  int port_;
  pid_t process_ = -1;
};

std::vector<FetchRequest> make_requests(const std::string& address, int count) {
  std::vector<FetchRequest> requests;
  for (int i = 0; i < count; ++i) requests.push_back({i, address + "?" + std::to_string(i), "", ""});
  return requests;
}

}  // namespace

TEST_CASE("requests to one host go over one connection, which is kept alive") {
  FetcherFixture f;
  f.options.parallel_per_host = 1;
  LoopbackServer server;
  server.serve_page("/a", "a");
  f.fetch(make_requests(server.address("/a"), 5));
  std::set<int> connections;
  for (const ServerRequest& request : server.requests()) connections.insert(request.connection);
  CHECK(server.requests().size() == 6);
  CHECK(connections.size() == 1);
}

TEST_CASE("a name is looked up once for many connections") {
  if (!FakeDns::works) {
    WARN("skipped: there is no name server for tests on this system");
    return;
  }
  FetcherFixture f;
  FakeDns dns;
  dns.answer("news.test", {"127.0.0.1"});
  LoopbackServer server;
  server.answer("/a", ServerResponse{200, "a", "text/plain", {{"Connection", "close"}}});
  const std::string port = server.host_and_port().substr(server.host_and_port().find(':'));
  const auto responses = f.fetch(make_requests("http://news.test" + port + "/a", 5));
  CHECK(std::all_of(responses.begin(), responses.end(),
                    [](const auto& response) { return response.outcome == FetchOutcome::ok; }));
  std::set<int> connections;
  for (const ServerRequest& request : server.requests()) connections.insert(request.connection);
  CHECK(connections.size() >= 5);
  CHECK(dns.lookups("news.test") == 1);
}

TEST_CASE("HTTP/2 is spoken where the server does") {
  FetcherFixture f;
  const TemporaryFolder folder;
  const TestAuthority authority;
  const TestCertificate certificate = authority.issue({"IP:127.0.0.1"});
  write_file(folder / "ca.pem", authority.pem());
  write_file(folder / "key.pem", certificate.key_pem());
  write_file(folder / "certificate.pem", certificate.certificate_pem());
  write_file(folder / "htdocs/page.html", "<p>over HTTP/2</p>");
  const Http2Server server{folder / "htdocs", folder / "key.pem", folder / "certificate.pem"};
  f.options.ca_file = folder / "ca.pem";
  const auto response = f.fetch(server.address("/page.html"));
  INFO(response.error.text());
  REQUIRE(response.outcome == FetchOutcome::ok);
  CHECK(response.body == "<p>over HTTP/2</p>");
}

TEST_CASE("a certificate is believed only if it is in date, names the host and is signed by whom we trust") {
  FetcherFixture f;
  const TemporaryFolder folder;
  const TestAuthority authority;
  const TestAuthority stranger;
  write_file(folder / "ca.pem", authority.pem());
  f.options.ca_file = folder / "ca.pem";
  const auto fetch_from = [&](const TestCertificate& certificate) {
    LoopbackServer server{certificate};
    server.serve_page("/a", "a");
    const auto response = f.fetch(server.address("/a"));
    CHECK((response.outcome == FetchOutcome::ok) == (server.hits("/a") == 1));
    return response;
  };
  const auto good = fetch_from(authority.issue({"IP:127.0.0.1"}));
  INFO(good.error.text());
  CHECK(good.outcome == FetchOutcome::ok);
  for (const auto& certificate : {authority.issue({"IP:127.0.0.1"}, -1), authority.issue({"DNS:example.org"}),
                                  stranger.issue({"IP:127.0.0.1"})}) {
    const auto refused = fetch_from(certificate);
    CHECK(refused.outcome == FetchOutcome::failed);
    CHECK(refused.error.message.starts_with("no trusted connection"));
    CHECK_FALSE(refused.unreachable);
  }
  f.options.ca_file = "";
  CHECK(fetch_from(authority.issue({"IP:127.0.0.1"})).outcome == FetchOutcome::failed);
}

TEST_CASE("a host that cannot be reached is told from one that answers badly") {
  FetcherFixture f;
  CHECK(f.fetch("http://127.0.0.1:1/").unreachable);
  if (FakeDns::works) {
    FakeDns dns;
    dns.answer("nowhere.test", {});
    const auto unknown = f.fetch("http://nowhere.test/");
    CHECK(unknown.unreachable);
    CHECK(unknown.error.message == "the host \"nowhere.test\" is not known");
  }
  LoopbackServer server;
  server.answer("/500", ServerResponse{500, "", "", {}});
  CHECK_FALSE(f.fetch(server.address("/500")).unreachable);
  CHECK_FALSE(f.fetch(server.address("/404")).unreachable);
  const RawServer gibberish{"SSH-2.0-OpenSSH_9.2\r\n"};
  CHECK_FALSE(f.fetch(gibberish.address("/a")).unreachable);
  const RawServer silent{"", true};
  f.options.total_timeout = std::chrono::milliseconds{200};
  CHECK(f.fetch(silent.address("/a")).unreachable);
  const RawServer half{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", true};
  CHECK_FALSE(f.fetch(half.address("/a")).unreachable);
}
