// What a hostile page, server or name can not do.

#include <thread>

#include "tests/crawler/fetcher_fixture.h"
#include "tests/support/fake_dns.h"
#include "tests/support/loopback_server.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;
using namespace stubkeeper::testing;
using namespace std::chrono_literals;

namespace {

std::string port_of(const LoopbackServer& server) {
  return server.host_and_port().substr(server.host_and_port().find(':'));
}

std::string bomb(const std::string& coding, const std::string& file) {
  const std::string body = read_file(std::string{TEST_FIXTURES} + "/bombs/" + file);
  REQUIRE_FALSE(body.empty());
  return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: " + coding +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

TEST_CASE("nothing but http and https is fetched, named by a source or by a redirect") {
  FetcherFixture f;
  LoopbackServer server;
  const TemporaryFolder folder;
  write_file(folder / "secret", "secret");
  for (const std::string& address :
       {std::string{"ftp://127.0.0.1/"}, std::string{"gopher://127.0.0.1:70/1"},
        std::string{"dict://127.0.0.1/d"}, std::string{"javascript:alert(1)"},
        std::string{"data:text/html,x"}, std::string{"ldap://127.0.0.1/"}, "file://" + (folder / "secret")}) {
    server.answer("/to", ServerResponse{302, "", "", {{"Location", address}}});
    const auto redirected = f.fetch(server.address("/to"));
    INFO(address);
    CHECK(redirected.outcome == FetchOutcome::failed);
    CHECK(redirected.error.code == ErrorCode::refused);
    CHECK(redirected.body.empty());
    if (!address.starts_with("file:")) CHECK(f.fetch(address).error.code == ErrorCode::invalid_argument);
  }
}

TEST_CASE("a name that leads to a private address at a later look-up is refused where the socket connects") {
  if (!FakeDns::works) {
    WARN("skipped: there is no name server for tests on this system");
    return;
  }
  FetcherFixture f;
  FakeDns dns;
  LoopbackServer outside;
  outside.serve_page("/a", "public");
  LoopbackServer inside("127.0.0.3");
  inside.serve_page("/a", "secret");
  // What may be reached stands for the public network here.
  f.options.allow_addresses = {outside.host_and_port()};
  dns.answer("rebind.test", {"127.0.0.1"});
  CHECK(f.fetch("http://rebind.test" + port_of(outside) + "/a").body == "public");
  dns.answer("rebind.test", {"127.0.0.3"});
  const auto rebound = f.fetch("http://rebind.test" + port_of(inside) + "/a");
  CHECK(rebound.outcome == FetchOutcome::failed);
  CHECK(rebound.error.code == ErrorCode::refused);
  CHECK(rebound.body.empty());
  CHECK(inside.requests().empty());
  CHECK(dns.lookups("rebind.test") == 2);
}

TEST_CASE("of a name with a public and a private address only the public one is connected to") {
  if (!FakeDns::works) {
    WARN("skipped: there is no name server for tests on this system");
    return;
  }
  FetcherFixture f;
  FakeDns dns;
  LoopbackServer inside;
  inside.serve_page("/a", "secret");
  f.options.allow_addresses = {"127.0.0.2"};
  // Nobody listens at the one that is allowed, and the one that is not would answer.
  dns.answer("both.test", {"127.0.0.2", "127.0.0.1"});
  const auto response = f.fetch("http://both.test" + port_of(inside) + "/a");
  CHECK(response.outcome == FetchOutcome::failed);
  CHECK(inside.requests().empty());
}

TEST_CASE("numbers that spell a private address in other ways are looked at as the address that they are") {
  FetcherFixture f;
  LoopbackServer server;
  server.serve_page("/a", "secret");
  f.options.allow_addresses = {};
  for (const std::string host :
       {"2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]", "localhost"}) {
    INFO(host);
    const auto response = f.fetch("http://" + host + port_of(server) + "/a");
    CHECK(response.outcome == FetchOutcome::failed);
  }
  CHECK(server.requests().empty());
}

TEST_CASE("an answer is cut off at its largest size while it is being decoded, whatever packs it") {
  FetcherFixture f;
  f.options.max_bytes = 1'000'000;
  for (const auto& [coding, file] : {std::pair{"br", "zeros.br"}, std::pair{"zstd", "zeros.zst"},
                                     std::pair{"gzip, gzip", "zeros.gz.gz"}}) {
    const RawServer server{bomb(coding, file)};
    const auto response = f.fetch(server.address("/a"));
    INFO(coding << ": " << response.error.text());
    CHECK(response.outcome == FetchOutcome::failed);
    CHECK(response.error.code == ErrorCode::limit);
    CHECK(response.body.empty());
  }
}

TEST_CASE("a coding upon a coding upon a coding is given up") {
  FetcherFixture f;
  std::string codings = "gzip";
  for (int i = 0; i < 20; ++i) codings += ", gzip";
  const RawServer server{bomb(codings, "zeros.gz.gz")};
  CHECK(f.fetch(server.address("/a")).outcome == FetchOutcome::failed);
}

TEST_CASE("headers are capped in number and size, in interim answers too") {
  FetcherFixture f;
  const std::string line(1000, 'x');
  std::string large = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 70; ++i) large += "X-" + std::to_string(i) + ": " + line + "\r\n";
  const RawServer many_bytes{large + "Content-Length: 0\r\n\r\n"};
  CHECK(f.fetch(many_bytes.address("/a")).error.code == ErrorCode::limit);

  const RawServer one_line{"HTTP/1.1 200 OK\r\nX: " + std::string(10'000'000, 'x') + "\r\n\r\n"};
  CHECK(f.fetch(one_line.address("/a")).outcome == FetchOutcome::failed);

  std::string interim;
  for (int i = 0; i < 100'000; ++i) interim += "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
  const RawServer hints{interim};
  CHECK(f.fetch(hints.address("/a")).error.code == ErrorCode::limit);

  const RawServer endless{"HTTP/1.1 200 OK\r\n", true, "X: y\r\n"};
  f.options.total_timeout = 10s;
  CHECK(f.fetch(endless.address("/a")).error.code == ErrorCode::limit);
}

TEST_CASE("a server that drips is left when the time is up, whatever part of an answer it drips") {
  FetcherFixture f;
  f.options.total_timeout = 400ms;
  const RawServer body{"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", true, "x"};
  const RawServer chunks{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", true, "1\r\nx\r\n"};
  const RawServer header{"HTTP/1.1 200 OK\r\nX: ", true, "x"};
  const RawServer status{"", true, "H"};
  for (const RawServer* server : {&body, &chunks, &header}) {
    const auto response = f.fetch(server->address("/a"));
    CHECK(response.error.code == ErrorCode::timeout);
    CHECK(response.error.message == "no whole answer within 400 ms");
  }
  CHECK(f.fetch(status.address("/a")).outcome == FetchOutcome::failed);
}

TEST_CASE("a server that drips for long is left before the time is up") {
  FetcherFixture f;
  f.options.min_bytes_per_second = 100'000;
  f.options.low_speed_time = 1s;
  const RawServer server{"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", true, "x"};
  const auto response = f.fetch(server.address("/a"));
  CHECK(response.error.code == ErrorCode::timeout);
  CHECK(response.error.message == "sent fewer than 100000 bytes a second for 1 s");
}

TEST_CASE("one deadline holds for all redirects of a request") {
  FetcherFixture f;
  f.options.total_timeout = 500ms;
  LoopbackServer server;
  // Each answers within the time for a whole request; both together do not.
  const auto after_a_while = [](const ServerResponse& answer) {
    return [answer](const ServerRequest&) {
      std::this_thread::sleep_for(300ms);
      return answer;
    };
  };
  server.answer("/a", after_a_while(ServerResponse{301, "", "", {{"Location", "/b"}}}));
  server.answer("/b", after_a_while(ServerResponse{200, "b", "text/plain", {}}));
  const auto response = f.fetch(server.address("/a"));
  CHECK(response.outcome == FetchOutcome::failed);
  CHECK(response.error.code == ErrorCode::timeout);
  CHECK(response.error.message == "no whole answer within 500 ms");
}

TEST_CASE("what a server says with a refusal comes along with the failure") {
  FetcherFixture f;
  LoopbackServer server;
  server.answer("/a", ServerResponse{403, "<title>Just a moment...</title>", "text/html", {}});
  const auto response = f.fetch(server.address("/a"));
  CHECK(response.outcome == FetchOutcome::failed);
  CHECK(response.http_status == 403);
  CHECK(response.body == "<title>Just a moment...</title>");
  CHECK(response.content_type == "text/html");
}

TEST_CASE("cookies are neither kept nor sent, on a redirect or later") {
  FetcherFixture f;
  LoopbackServer server;
  server.answer("/a", ServerResponse{302, "", "", {{"Location", "/b"}, {"Set-Cookie", "id=1; Path=/"}}});
  server.answer("/b", ServerResponse{200, "b", "text/plain", {{"Set-Cookie", "id=2; Path=/"}}});
  f.fetch({{1, server.address("/a"), "", ""}, {2, server.address("/b"), "", ""}});
  f.fetch(server.address("/b"));
  CHECK(server.hits("/b") == 3);
  for (const ServerRequest& request : server.requests()) {
    CHECK(request.headers.count("cookie") == 0);
    CHECK(request.headers.count("authorization") == 0);
  }
}

TEST_CASE("a user name or password in an address is neither used nor told") {
  FetcherFixture f;
  LoopbackServer server;
  server.answer(
      "/to", ServerResponse{302, "", "", {{"Location", "http://me:secret@" + server.host_and_port() + "/b"}}});
  server.answer(
      "/odd", ServerResponse{302, "", "", {{"Location", "ftp://me:secret@" + server.host_and_port() + "/b"}}});
  for (const std::string& address :
       {"http://me:secret@" + server.host_and_port() + "/a", server.address("/to"), server.address("/odd")}) {
    const auto response = f.fetch(address);
    INFO(response.error.text());
    CHECK(response.outcome == FetchOutcome::failed);
    CHECK(response.error.text().find("secret") == std::string::npos);
    CHECK(response.error.text().find("me:") == std::string::npos);
    CHECK(response.final_address.find("secret") == std::string::npos);
  }
  CHECK(server.hits("/a") == 0);
  CHECK(server.hits("/b") == 0);
}
