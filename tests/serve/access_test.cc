// Who gets anything from `stubkeeper serve`: the real program on a real port.

#include <ifaddrs.h>
#include <netdb.h>

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/served_program.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

// A knowledge base with three waiting changes, served.
struct ServedFixture {
  TestKnowledgeBase base;
  std::unique_ptr<ServedProgram> program;

  ServedFixture() {
    base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
    base.run_ok({"refresh"});
    program = std::make_unique<ServedProgram>(base.kb);
  }
  httplib::Client client() { return httplib::Client{"127.0.0.1", program->port()}; }
  std::string host() const { return "127.0.0.1:" + std::to_string(program->port()); }
  int waiting() { return static_cast<int>(base.json({"review", "list"})["changes"].size()); }
};

const std::vector<std::string> pages{"/",
                                     "/review",
                                     "/queue",
                                     "/overview",
                                     "/entries/",
                                     "/entry/pumps/basel",
                                     "/history/pumps/basel",
                                     "/evidence/pumps/basel",
                                     "/snapshot/1",
                                     "/conflict/c1",
                                     "/find?q=1",
                                     "/review.js",
                                     "/nothing"};

void check_is_refused(const httplib::Result& got) {
  REQUIRE(got);
  CHECK(got->status == 403);
  CHECK(got->body.empty());
}

// The addresses of this machine by which another could reach it, and the loopback ones that are not
// 127.0.0.1.
std::vector<std::string> other_addresses() {
  std::vector<std::string> addresses{"127.0.0.2", "::1"};
  ifaddrs* first = nullptr;
  REQUIRE(getifaddrs(&first) == 0);
  for (const ifaddrs* each = first; each != nullptr; each = each->ifa_next) {
    const int family = each->ifa_addr == nullptr ? AF_UNSPEC : each->ifa_addr->sa_family;
    if (family != AF_INET && family != AF_INET6) continue;
    const socklen_t size = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
    char name[NI_MAXHOST];
    REQUIRE(getnameinfo(each->ifa_addr, size, name, sizeof name, nullptr, 0, NI_NUMERICHOST) == 0);
    if (std::string{name} != "127.0.0.1") addresses.emplace_back(name);
  }
  freeifaddrs(first);
  return addresses;
}

}  // namespace

TEST_CASE("no address of the machine but 127.0.0.1 is listened on") {
  ServedFixture served;
  REQUIRE(served.client().Get("/enter"));
  for (const std::string& address : other_addresses()) {
    INFO(address);
    httplib::Client client{address, served.program->port()};
    CHECK_FALSE(client.Get("/enter"));
  }
}

TEST_CASE("without the token every address is 403 and without a word") {
  ServedFixture served;
  auto client = served.client();
  for (const std::string& page : pages) {
    INFO(page);
    check_is_refused(client.Get(page));
    check_is_refused(client.Post(page, httplib::Params{{"id", "1"}, {"do", "approve"}}));
    check_is_refused(client.Get(page, {{"Cookie", "stubkeeper-" + std::to_string(served.program->port()) +
                                                      "=" + std::string(64, 'a')}}));
  }
  for (const char* method : {"PUT", "DELETE", "OPTIONS", "PATCH"}) {
    httplib::Request request;
    request.method = method;
    request.path = "/review";
    const auto got = client.send(request);
    REQUIRE(got);
    CHECK(got->status == 403);
  }
  CHECK(served.waiting() == 3);
}

TEST_CASE("the page for the token says nothing of the knowledge base and takes no wrong token") {
  ServedFixture served;
  auto client = served.client();
  for (const char* page : {"/enter", "/enter.js", "/style.css", "/icon.svg"}) {
    const auto got = client.Get(page);
    REQUIRE(got);
    CHECK(got->status == 200);
    CHECK(got->body.find("Basel") == std::string::npos);
    CHECK(got->body.find(served.program->token()) == std::string::npos);
  }
  for (const std::string& wrong : {std::string{}, std::string{"x"}, std::string(64, '0'),
                                   served.program->token().substr(1), served.program->token() + "0"}) {
    const auto got =
        client.Post("/enter", {{"Sec-Fetch-Site", "same-origin"}}, httplib::Params{{"token", wrong}});
    REQUIRE(got);
    CHECK(got->status == 403);
    CHECK_FALSE(got->has_header("Set-Cookie"));
  }
}

TEST_CASE("the cookie is for this server alone and no script can read it") {
  ServedFixture served;
  auto client = served.client();
  const auto entered = client.Post("/enter", {{"Sec-Fetch-Site", "same-origin"}, {"Origin", "null"}},
                                   httplib::Params{{"token", served.program->token()}});
  REQUIRE(entered);
  CHECK(entered->status == 303);
  CHECK(entered->get_header_value("Location") == "/review");
  const std::string cookie = entered->get_header_value("Set-Cookie");
  CHECK(cookie.find("; HttpOnly") != std::string::npos);
  CHECK(cookie.find("; SameSite=Strict") != std::string::npos);
  CHECK(cookie.find(served.program->token()) == std::string::npos);
}

TEST_CASE("a foreign host or origin is 403 though it has the cookie") {
  ServedFixture served;
  TestBrowser browser{*served.program};
  browser.enter();
  REQUIRE(browser.get("/review")->status == 200);
  auto client = served.client();
  const std::string port = std::to_string(served.program->port());
  const std::vector<httplib::Headers> foreign{
      {{"Host", "evil.example"}},
      {{"Host", "evil.example:" + port}},
      {{"Host", "127.0.0.1"}},
      {{"Host", "127.0.0.1:1"}},
      {{"Host", "127.0.0.1.evil.example:" + port}},
      {{"Host", served.host() + ", evil.example"}},
      {{"Origin", "http://evil.example"}},
      {{"Origin", "https://" + served.host()}},
      {{"Origin", "http://127.0.0.1:1"}},
      {{"Origin", "http://localhost:" + port}},
      {{"Origin", "null"}},
      {{"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}},
      {{"Sec-Fetch-Site", "cross-site"}},
      {{"Sec-Fetch-Site", "same-site"}},
      {{"Sec-Fetch-Site", "something-new"}},
  };
  for (httplib::Headers headers : foreign) {
    INFO(headers.begin()->first << ": " << headers.begin()->second);
    headers.emplace("Cookie", browser.cookie());
    for (const std::string& page : pages) check_is_refused(client.Get(page, headers));
    check_is_refused(client.Post("/review", headers,
                                 httplib::Params{{"csrf", browser.csrf()}, {"id", "1"}, {"do", "approve"}}));
  }
  CHECK(served.waiting() == 3);
}

TEST_CASE("a form without its session's token does nothing") {
  ServedFixture served;
  TestBrowser browser{*served.program};
  TestBrowser other{*served.program};
  browser.enter();
  other.enter();
  browser.get("/review");
  other.get("/review");
  const std::string seen = browser.field("seen");
  REQUIRE(browser.csrf() != other.csrf());
  for (const std::string& csrf : {std::string{}, std::string(64, '0'), other.csrf(), browser.cookie()})
    check_is_refused(
        browser.post("/review", {{"csrf", csrf}, {"id", "1"}, {"seen", seen}, {"do", "approve"}}));
  // Nor where the token stands in the address.
  check_is_refused(
      browser.post("/review?csrf=" + browser.csrf(), {{"id", "1"}, {"seen", seen}, {"do", "approve"}}));
  CHECK(served.waiting() == 3);
  CHECK(browser.post("/review", {{"csrf", browser.csrf()}, {"id", "1"}, {"seen", seen}, {"do", "approve"}})
            ->status == 303);
  CHECK(served.waiting() == 2);
}

TEST_CASE("a GET decides nothing whatever it carries") {
  ServedFixture served;
  TestBrowser browser{*served.program};
  browser.enter();
  browser.get("/review");
  browser.get("/review?id=1&do=approve&csrf=" + browser.csrf() + "&seen=" + browser.field("seen"));
  CHECK(served.waiting() == 3);
}

TEST_CASE("every answer keeps a browser from running caching and framing what it holds") {
  ServedFixture served;
  TestBrowser browser{*served.program};
  browser.enter();
  const std::string policy =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri "
      "'none'; "
      "frame-ancestors 'none'";
  const auto check_headers = [&](const httplib::Result& got) {
    REQUIRE(got);
    CHECK(got->get_header_value("Content-Security-Policy") == policy);
    CHECK(got->get_header_value("X-Content-Type-Options") == "nosniff");
    CHECK(got->get_header_value("Referrer-Policy") == "no-referrer");
    CHECK(got->get_header_value("Cache-Control") == "no-store");
    CHECK(got->get_header_value("X-Frame-Options") == "DENY");
    CHECK(got->get_header_value("Cross-Origin-Resource-Policy") == "same-origin");
  };
  for (const std::string& page : pages) {
    INFO(page);
    check_headers(browser.get(page));
    // The policy forbids both, so a page that had them would be broken.
    const auto got = browser.get(page);
    CHECK(got->body.find(" style=") == std::string::npos);
    CHECK(got->body.find(" onclick") == std::string::npos);
  }
  auto client = served.client();
  check_headers(client.Get("/review"));
  check_headers(client.Get("/enter"));
}

TEST_CASE("what is too long is refused and the next is answered") {
  ServedFixture served;
  TestBrowser browser{*served.program};
  browser.enter();
  browser.get("/review");
  auto client = served.client();
  const auto long_address = client.Get("/" + std::string(20'000, 'a'), {{"Cookie", browser.cookie()}});
  if (long_address) CHECK(long_address->status >= 400);
  const auto long_body =
      browser.post("/review", {{"csrf", browser.csrf()}, {"text", std::string(3'000'000, 'a')}});
  if (long_body) CHECK(long_body->status >= 400);
  CHECK(browser.get("/review")->status == 200);
  CHECK(served.waiting() == 3);
}

TEST_CASE("the server ends when asked and tells its token to nobody but standard output") {
  ServedFixture served;
  TestBrowser browser{*served.program};
  browser.enter();
  browser.get("/review");
  CHECK(served.program->stop() == 0);
  CHECK(served.program->err().find(served.program->token()) == std::string::npos);
  CHECK(served.program->err().empty());
}

TEST_CASE("a port that is taken is said with what to do") {
  ServedFixture served;
  const auto result =
      served.base.run({"serve", "--no-open", "--port", std::to_string(served.program->port())});
  CHECK(result.exit_code == 1);
  CHECK(result.err.find("cannot be had") != std::string::npos);
  CHECK(result.err.find("--port") != std::string::npos);
}

TEST_CASE("the right token from a foreign page or under a foreign name gets no cookie") {
  ServedFixture served;
  const std::string port = std::to_string(served.program->port());
  const std::vector<httplib::Headers> foreign{
      {{"Host", "evil.example:" + port}, {"Sec-Fetch-Site", "same-origin"}},
      {{"Origin", "http://evil.example"}, {"Sec-Fetch-Site", "same-origin"}},
      {{"Origin", "http://127.0.0.1:1"}, {"Sec-Fetch-Site", "same-site"}},
      {{"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}},
      {{"Sec-Fetch-Site", "cross-site"}},
  };
  auto client = served.client();
  for (const httplib::Headers& headers : foreign) {
    INFO(headers.begin()->first << ": " << headers.begin()->second);
    const auto got = client.Post("/enter", headers, httplib::Params{{"token", served.program->token()}});
    check_is_refused(got);
    CHECK_FALSE(got->has_header("Set-Cookie"));
  }
}

TEST_CASE("no other spelling of an address and no other method gets past the token") {
  ServedFixture served;
  auto client = served.client();
  for (const std::string& path :
       {std::string{"//review"}, std::string{"/review/"}, std::string{"/%72eview"},
        std::string{"/enter/../review"}, std::string{"/enter/%2e%2e/review"},
        std::string{"/enter.js/../queue"}, std::string{"/enter?/review"},
        std::string{"/style.css/../snapshot/1"}, std::string{"/review;enter"}, std::string{"/REVIEW"},
        std::string{"/kb.sqlite"}, std::string{"/../kb.sqlite"}, std::string{"/snapshot/1%00.css"}}) {
    INFO(path);
    const auto got = client.Get(path);
    REQUIRE(got);
    CHECK((got->status == 403 || got->status == 400 || path.starts_with("/enter?")));
    CHECK(got->body.find("Basel") == std::string::npos);
    CHECK(got->body.find("pumps") == std::string::npos);
    const auto head = client.Head(path);
    REQUIRE(head);
    if (!path.starts_with("/enter?")) CHECK(head->status >= 400);
  }
  CHECK(served.waiting() == 3);
}

TEST_CASE("a cookie of a server that has ended is no cookie of the next one") {
  ServedFixture served;
  std::string cookie;
  {
    TestBrowser browser{*served.program};
    browser.enter();
    REQUIRE(browser.get("/review")->status == 200);
    cookie = browser.cookie().substr(browser.cookie().find('='));
  }
  const std::string old_token = served.program->token();
  CHECK(served.program->stop() == 0);
  served.program = std::make_unique<ServedProgram>(served.base.kb);
  REQUIRE(served.program->token() != old_token);
  auto client = served.client();
  const std::string name = "stubkeeper-" + std::to_string(served.program->port());
  check_is_refused(client.Get("/review", {{"Cookie", name + cookie}}));
  check_is_refused(client.Get("/review", {{"Cookie", name + "=" + served.program->token()}}));
  const auto entered =
      client.Post("/enter", {{"Sec-Fetch-Site", "same-origin"}}, httplib::Params{{"token", old_token}});
  REQUIRE(entered);
  CHECK(entered->status == 403);
}
