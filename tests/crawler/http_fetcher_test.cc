#include "crawler/http_fetcher.h"

#include "base/version.h"
#include "tests/crawler/fetcher_fixture.h"
#include "tests/support/loopback_server.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;
using namespace stubkeeper::testing;

using Fixture = FetcherFixture;

TEST_CASE("a page comes with its bytes, its type and its validators") {
  Fixture f;
  LoopbackServer server;
  server.answer("/page",
                ServerResponse{200,
                               "<p>hello</p>",
                               "text/html",
                               {{"ETag", "W/\"a b\""}, {"Last-Modified", "Mon, 01 Jun 2026 00:00:00 GMT"}}});
  const auto response = f.fetch(server.address("/page"));
  REQUIRE(response.outcome == FetchOutcome::ok);
  CHECK(response.http_status == 200);
  CHECK(response.body == "<p>hello</p>");
  CHECK(response.content_type == "text/html");
  CHECK(response.etag == "W/\"a b\"");
  CHECK(response.last_modified == "Mon, 01 Jun 2026 00:00:00 GMT");
  CHECK(server.requests().back().headers.at("user-agent") == "stubkeeper/" + std::string{program_version()});
  CHECK(server.requests().back().headers.count("cookie") == 0);
}

TEST_CASE("validators go back verbatim, and a 304 is not modified") {
  Fixture f;
  LoopbackServer server;
  server.answer("/page", [](const ServerRequest& request) {
    const bool same = request.headers.at("if-none-match") == "W/\"a b\"" &&
                      request.headers.at("if-modified-since") == "yesterday, or so";
    return ServerResponse{same ? 304 : 500, "", "", {}};
  });
  const auto responses = f.fetch({{7, server.address("/page"), "W/\"a b\"", "yesterday, or so"}});
  REQUIRE(responses.size() == 1);
  CHECK(responses[0].tag == 7);
  CHECK(responses[0].outcome == FetchOutcome::not_modified);
}

TEST_CASE("a 304 to a request without a condition is a failure, and nothing is kept of it") {
  Fixture f;
  LoopbackServer server;
  const ServerResponse not_modified{304, "", "", {{"ETag", "\"x\""}, {"Last-Modified", "yesterday"}}};
  server.answer("/page", not_modified);
  server.answer("/moved", ServerResponse{301, "", "", {{"Location", "/page"}}});
  // The validators of an address are not sent to where it redirects.
  const auto responses =
      f.fetch({{1, server.address("/page"), "", ""}, {2, server.address("/moved"), "\"x\"", "yesterday"}});
  REQUIRE(responses.size() == 2);
  for (const FetchResponse& response : responses) {
    CHECK(response.outcome == FetchOutcome::failed);
    CHECK(response.http_status == 304);
    CHECK(response.error.message == "answered 304 (not modified) to a request without a condition");
    CHECK(response.etag.empty());
    CHECK(response.last_modified.empty());
  }
}

TEST_CASE("robots.txt is asked for once per origin, and kept for a day") {
  Fixture f;
  LoopbackServer server;
  server.serve_page("/a", "a");
  server.serve_page("/b", "b");
  server.answer("/robots.txt", ServerResponse{200, "User-agent: *\nDisallow: /b\n", "text/plain", {}});
  auto responses = f.fetch({{1, server.address("/a"), "", ""}, {2, server.address("/b"), "", ""}});
  CHECK(responses[0].outcome == FetchOutcome::ok);
  REQUIRE(responses[1].outcome == FetchOutcome::failed);
  CHECK(responses[1].error.code == ErrorCode::refused);
  CHECK(responses[1].error.message == "robots.txt disallows it (line 2: Disallow: /b)");
  CHECK(server.hits("/b") == 0);
  f.clock.advance(std::chrono::hours{23});
  f.fetch(server.address("/a"));
  CHECK(server.hits("/robots.txt") == 1);
  f.clock.advance(std::chrono::hours{2});
  f.fetch(server.address("/a"));
  CHECK(server.hits("/robots.txt") == 2);
}

TEST_CASE("a robots.txt that answers 500 forbids, and one that answers 404 allows") {
  Fixture f;
  LoopbackServer forbids;
  forbids.answer("/robots.txt", ServerResponse{500, "", "", {}});
  forbids.serve_page("/a", "a");
  const auto response = f.fetch(forbids.address("/a"));
  REQUIRE(response.outcome == FetchOutcome::failed);
  CHECK(response.error.code == ErrorCode::refused);
  CHECK(forbids.hits("/a") == 0);
  LoopbackServer allows("127.0.0.2");
  allows.serve_page("/a", "a");
  CHECK(f.fetch(allows.address("/a")).outcome == FetchOutcome::ok);
}

TEST_CASE("robots.txt is followed to where it moved") {
  Fixture f;
  LoopbackServer server;
  server.answer("/robots.txt", ServerResponse{301, "", "", {{"Location", "/r/1"}}});
  server.answer("/r/1", ServerResponse{302, "", "", {{"Location", "2"}}});
  server.answer("/r/2", ServerResponse{200, "User-agent: stubkeeper\nDisallow: /\n", "text/plain", {}});
  server.serve_page("/a", "a");
  CHECK(f.fetch(server.address("/a")).error.code == ErrorCode::refused);
  CHECK(server.hits("/a") == 0);
}

TEST_CASE("redirects are followed, and a permanent way is told from a temporary one") {
  Fixture f;
  LoopbackServer server;
  server.answer("/old", ServerResponse{301, "", "", {{"Location", "/new"}}});
  server.answer("/today", ServerResponse{302, "", "", {{"Location", "/new"}}});
  server.serve_page("/new", "new");
  const auto moved = f.fetch(server.address("/old"));
  CHECK(moved.outcome == FetchOutcome::ok);
  CHECK(moved.final_address == server.address("/new"));
  CHECK(moved.moved_permanently);
  const auto elsewhere = f.fetch(server.address("/today"));
  CHECK(elsewhere.outcome == FetchOutcome::ok);
  CHECK_FALSE(elsewhere.moved_permanently);
}

TEST_CASE("a redirect for ever, to a file, or to nowhere is an error that says so") {
  Fixture f;
  LoopbackServer server;
  server.answer("/loop", ServerResponse{302, "", "", {{"Location", "/loop"}}});
  server.answer("/file", ServerResponse{302, "", "", {{"Location", "file:///etc/passwd"}}});
  server.answer("/user", ServerResponse{302, "", "", {{"Location", "http://me:secret@127.0.0.1/"}}});
  server.answer("/nowhere", ServerResponse{302, "", "", {}});
  const auto loop = f.fetch(server.address("/loop"));
  CHECK(loop.error.message == "redirects more than 5 times");
  CHECK(server.hits("/loop") == 6);
  CHECK(f.fetch(server.address("/file")).error.message ==
        "redirects to \"file:///etc/passwd\", which is no http or https address");
  const auto user = f.fetch(server.address("/user"));
  CHECK(user.outcome == FetchOutcome::failed);
  CHECK(user.error.text().find("secret") == std::string::npos);
  CHECK(f.fetch(server.address("/nowhere")).error.message == "answered 302 Found without saying where to");
}

TEST_CASE("a private address is refused unless the configuration names it") {
  Fixture f;
  LoopbackServer server;
  server.serve_page("/a", "a");
  f.options.allow_addresses = {};
  const auto refused = f.fetch(server.address("/a"));
  REQUIRE(refused.outcome == FetchOutcome::failed);
  CHECK(refused.error.code == ErrorCode::refused);
  CHECK(refused.error.message.find("not a public address") != std::string::npos);
  CHECK(server.requests().empty());
  f.options.allow_addresses = {"127.0.0.1:1"};
  CHECK(f.fetch(server.address("/a")).error.code == ErrorCode::refused);
  f.options.allow_addresses = {server.host_and_port()};
  CHECK(f.fetch(server.address("/a")).outcome == FetchOutcome::ok);
}

TEST_CASE("a redirect from an allowed address to one that is not is refused") {
  Fixture f;
  LoopbackServer allowed;
  LoopbackServer inner("127.0.0.3");
  inner.serve_page("/secret", "secret");
  allowed.answer("/a", ServerResponse{302, "", "", {{"Location", inner.address("/secret")}}});
  f.options.allow_addresses = {allowed.host_and_port()};
  const auto response = f.fetch(allowed.address("/a"));
  CHECK(response.error.code == ErrorCode::refused);
  CHECK(inner.requests().empty());
}

TEST_CASE("an answer is cut off at its largest size, also while it is being decoded") {
  Fixture f;
  f.options.max_bytes = 1000;
  LoopbackServer server;
  server.answer("/large", ServerResponse{200, std::string(2000, 'x'), "text/plain", {}});
  const auto large = f.fetch(server.address("/large"));
  CHECK(large.error.code == ErrorCode::limit);
  // 10 MB of zeros, compressed by hand to about 10 kB: a gzip member of stored-size 10,000,000.
  const TemporaryFolder folder;
  REQUIRE(std::system(("head -c 10000000 /dev/zero | gzip -c > " + (folder / "bomb.gz")).c_str()) == 0);
  server.answer(
      "/bomb",
      ServerResponse{200, read_file(folder / "bomb.gz"), "text/html", {{"Content-Encoding", "gzip"}}});
  CHECK(f.fetch(server.address("/bomb")).error.code == ErrorCode::limit);
}

TEST_CASE("a server that never answers, hangs up, lies about its length or speaks no HTTP is an error") {
  Fixture f;
  f.options.total_timeout = std::chrono::milliseconds{300};
  const RawServer silent{"", true};
  CHECK(f.fetch(silent.address("/a")).error.code == ErrorCode::timeout);
  const RawServer hangs_up{""};
  CHECK(f.fetch(hangs_up.address("/a")).error.message ==
        "the server closed the connection without an answer");
  const RawServer short_body{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"};
  CHECK(f.fetch(short_body.address("/a")).error.message == "the answer ended before its end");
  const RawServer gibberish{"SSH-2.0-OpenSSH_9.2\r\n"};
  CHECK(f.fetch(gibberish.address("/a")).error.message == "the server does not answer in HTTP");
  const RawServer half_compressed{
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"};
  CHECK(f.fetch(half_compressed.address("/a")).error.message == "the answer's compression is broken");
}

TEST_CASE("too many headers are not read to their end") {
  Fixture f;
  std::string answer = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 100'000; ++i) answer += "X-" + std::to_string(i) + ": y\r\n";
  const RawServer server{answer + "\r\n"};
  CHECK(f.fetch(server.address("/a")).error.code == ErrorCode::limit);
}

TEST_CASE(
    "headers that are too large are called that, in one line or in many, and no setting is named for them") {
  Fixture f;
  const std::string begin = "HTTP/1.1 200 OK\r\n";
  const RawServer one_line{begin + "X-A: " + std::string(400'000, 'a') + "\r\n\r\nhi"};
  std::string lines = begin;
  for (int i = 0; i < 100; ++i) lines += "X-" + std::to_string(i) + ": " + std::string(1'000, 'a') + "\r\n";
  const RawServer many_lines{lines + "\r\nhi"};
  for (const RawServer* server : {&one_line, &many_lines}) {
    const Error error = f.fetch(server->address("/a")).error;
    CHECK(error.code == ErrorCode::limit);
    CHECK(error.message == "its headers are larger than 65536 bytes");
    CHECK(error.advice.empty());
  }
}

TEST_CASE("a redirect to an address with a password is called that, without the password") {
  Fixture f;
  LoopbackServer server;
  for (const std::string target : {"http://user:pw@127.0.0.1/x", "//user:pw@127.0.0.1/x"}) {
    server.answer("/a", ServerResponse{302, "", "", {{"Location", target}}});
    const Error error = f.fetch(server.address("/a")).error;
    CHECK(error.code == ErrorCode::refused);
    CHECK(error.message.find("redirects to an address with a user name or password, which is not followed") ==
          0);
    CHECK(error.text().find("pw") == std::string::npos);
  }
  const Error error = f.fetch("http://user:pw@127.0.0.1/x").error;
  CHECK(error.message == "has a user name or password in it, which is not sent");
  CHECK(error.text().find("pw@") == std::string::npos);
}

TEST_CASE("an error status is a failure in words, with what the server said about coming again") {
  Fixture f;
  LoopbackServer server;
  server.answer("/gone", ServerResponse{410, "", "", {}});
  server.answer("/broken", ServerResponse{500, "", "", {}});
  server.answer("/busy", ServerResponse{429, "", "", {{"Retry-After", "120"}}});
  LoopbackServer dated("127.0.0.2");
  dated.answer("/busy", ServerResponse{503, "", "", {{"Retry-After", "Mon, 29 Jun 2026 12:01:00 GMT"}}});
  const auto gone = f.fetch(server.address("/gone"));
  CHECK(gone.error.code == ErrorCode::not_found);
  CHECK(gone.error.message == "answered 410 Gone");
  CHECK(gone.http_status == 410);
  CHECK(f.fetch(server.address("/broken")).error.message == "answered 500 Internal Server Error");
  CHECK(f.fetch(server.address("/busy")).retry_after_seconds == 120);
  CHECK(f.fetch(dated.address("/busy")).retry_after_seconds == 60);
}

TEST_CASE("a host that asks to be left alone is left alone for the rest of the fetch") {
  Fixture f;
  f.options.parallel_per_host = 1;
  LoopbackServer server;
  server.answer("/1", ServerResponse{429, "", "", {{"Retry-After", "600"}}});
  server.serve_page("/2", "two");
  LoopbackServer other("127.0.0.2");
  other.serve_page("/3", "three");
  const auto responses = f.fetch({{1, server.address("/1"), "", ""},
                                  {2, server.address("/2"), "", ""},
                                  {3, other.address("/3"), "", ""}});
  CHECK(responses[1].outcome == FetchOutcome::postponed);
  CHECK(responses[1].retry_after_seconds == 600);
  CHECK(server.hits("/2") == 0);
  CHECK(responses[2].outcome == FetchOutcome::ok);
}

TEST_CASE("no more requests are under way to one host than its limit") {
  Fixture f;
  f.options.parallel = 8;
  f.options.parallel_per_host = 2;
  LoopbackServer server;
  std::vector<FetchRequest> requests;
  for (int i = 0; i < 40; ++i) {
    server.serve_page("/" + std::to_string(i), "page");
    requests.push_back({i, server.address("/" + std::to_string(i)), "", ""});
  }
  const auto responses = f.fetch(requests);
  CHECK(responses.size() == 40);
  CHECK(std::all_of(responses.begin(), responses.end(),
                    [](const auto& response) { return response.outcome == FetchOutcome::ok; }));
  CHECK(server.max_concurrent_requests() <= 2);
}

TEST_CASE("once it is asked to stop, every request is answered and nothing more is sent") {
  Fixture f;
  f.options.parallel = 1;
  LoopbackServer server;
  std::vector<FetchRequest> requests;
  for (int i = 0; i < 10; ++i) {
    server.serve_page("/" + std::to_string(i), "page");
    requests.push_back({i, server.address("/" + std::to_string(i)), "", ""});
  }
  HttpFetcher fetcher{f.options, f.robots, f.pauses, f.clock, f.steady_clock};
  int answered = 0;
  int stopped = 0;
  fetcher.fetch(
      requests,
      [&](const FetchResponse& response) { ++(response.error.code == ErrorCode::busy ? stopped : answered); },
      [&] { return answered < 3; });
  CHECK(answered == 3);
  CHECK(stopped == 7);
  CHECK(server.requests().size() <= 5);  // robots.txt, three pages, and one that was under way
}

TEST_CASE("an unusable address, a closed port and an unknown host are errors, not crashes") {
  Fixture f;
  CHECK(f.fetch("ftp://example.org/").error.code == ErrorCode::invalid_argument);
  CHECK(f.fetch("http://").error.code == ErrorCode::invalid_argument);
  CHECK(f.fetch("http://me:secret@127.0.0.1/").error.text().find("secret") == std::string::npos);
  CHECK(f.fetch("http://127.0.0.1:1/").error.message == "the host cannot be connected to");
}

TEST_CASE("a local file is read, and not read again while it is the same") {
  Fixture f;
  const TemporaryFolder folder;
  write_file(folder / "notes.md", "# Notes\n");
  const auto first = f.fetch(folder / "notes.md");
  REQUIRE(first.outcome == FetchOutcome::ok);
  CHECK(first.content_type == "text/markdown");
  const auto again = f.fetch({{1, "file://" + (folder / "notes.md"), first.etag, ""}});
  CHECK(again[0].outcome == FetchOutcome::not_modified);
  write_file(folder / "notes.md", "# Notes, and more\n");
  CHECK(f.fetch({{1, folder / "notes.md", first.etag, ""}})[0].outcome == FetchOutcome::ok);
  CHECK(f.fetch(folder / "none.md").error.code == ErrorCode::not_found);
}
