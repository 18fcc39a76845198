// The conduct towards a real server on loopback that fails in every way there is. Time between attempts
// passes at once.

#include "llm/http_model.h"

#include <fmt/format.h>

#include <set>
#include <thread>

#include "llm/http/http_transport.h"
#include "tests/llm/model_support.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_model.h"
#include "tests/support/fake_steady_clock.h"
#include "tests/support/loopback_server.h"
#include "tests/support/model_server.h"

using namespace stubkeeper;
using namespace stubkeeper::llm;
using namespace stubkeeper::testing;
using std::chrono::milliseconds;

namespace {

const std::string good_response = chat_answer(R"("{\"verdict\":\"nothing new\",\"changes\":[]}")");
const std::string canary = "sk-canary-0123456789abcdef";

struct FixtureOptions {
  CurlLimits limits;
  HttpModelOptions options;
  std::optional<Secret> key;
};

// A model at an address, with a time of its own.
class ModelFixture {
 public:
  explicit ModelFixture(const std::string& base, FixtureOptions fixture_options = {})
      : transport_(fixture_options.limits),
        model_(endpoint("openai", base), fixture_options.key, transport_, steady_clock, clock, fixture_options.options) {
  }

  ModelOutcome ask() { return complete_one(model_, sample_request()); }
  HttpModel& model() { return model_; }

  FakeSteadyClock steady_clock;
  FakeClock clock{"2026-11-24T12:00:00Z"};

 private:
  CurlTransport transport_;
  HttpModel model_;
};

ModelFailure failure_of(const ModelOutcome& outcome) {
  REQUIRE(std::holds_alternative<ModelFailure>(outcome.result));
  return std::get<ModelFailure>(outcome.result);
}

bool is_answer(const ModelOutcome& outcome) {
  return std::holds_alternative<ModelAnswer>(outcome.result);
}

EndpointResponse status(int code, std::vector<std::pair<std::string, std::string>> headers = {},
                    std::string body = "{}") {
  return {code, std::move(body), std::move(headers), "application/json", EndpointResponse::Delivery::whole};
}

EndpointResponse play_response(EndpointResponse::Delivery delivery) {
  return {200, good_response, {}, "application/json", delivery};
}

// Gives so many calls, tagged from 0.
std::function<std::optional<ModelCall>()> calls(int count) {
  return [left = count, tag = 0]() mutable -> std::optional<ModelCall> {
    if (left-- <= 0) return std::nullopt;
    return ModelCall{tag++, sample_request()};
  };
}

bool always() {
  return true;
}

}  // namespace

TEST_CASE("an answer comes back after one request") {
  ModelServer server{{status(200, {{"x-request-id", "req-7"}}, good_response)}};
  ModelFixture fixture{server.address("/v1")};
  const ModelOutcome outcome = fixture.ask();
  REQUIRE(is_answer(outcome));
  CHECK(std::get<ModelAnswer>(outcome.result).text == sample_answer);
  CHECK(std::get<ModelAnswer>(outcome.result).provider_request_id == "req-7");
  CHECK(outcome.attempts == 1);
  REQUIRE(server.hits() == 1);
  const EndpointRequest asked = server.requests().front();
  CHECK(asked.path == "/v1/chat/completions");
  CHECK(asked.headers.at("content-type") == "application/json");
  CHECK(asked.headers.count("authorization") == 0);
  CHECK(asked.headers.count("expect") == 0);
  CHECK(asked.body == endpoint("openai")->make_http_request(sample_request()).body);
}

TEST_CASE("every status that may pass is asked again and a good answer ends it") {
  for (const int code : {408, 409, 429, 500, 502, 503, 504, 529}) {
    INFO(code);
    ModelServer server{{status(code), status(code), status(200, {}, good_response)}};
    ModelFixture fixture{server.address("/v1")};
    const ModelOutcome outcome = fixture.ask();
    CHECK(is_answer(outcome));
    CHECK(outcome.attempts == 3);
    CHECK(server.hits() == 3);
    // 0.5 s and 1 s, each less up to a quarter.
    CHECK(fixture.steady_clock.passed() >= milliseconds{1125});
    CHECK(fixture.steady_clock.passed() <= milliseconds{1500});
  }
}

TEST_CASE("every status that will not pass is asked once") {
  for (const int code : {400, 401, 402, 403, 404, 405, 413, 422}) {
    INFO(code);
    ModelServer server{{status(code), status(200, {}, good_response)}};
    ModelFixture fixture{server.address("/v1")};
    const ModelFailure& failure = failure_of(fixture.ask());
    CHECK(failure.http_status == code);
    CHECK(failure.charge == Charge::none);
    CHECK(server.hits() == 1);
    CHECK(fixture.steady_clock.passed() == milliseconds{0});
  }
}

TEST_CASE("an endpoint that stays down is left alone after its retries") {
  ModelServer server{{status(500)}};
  ModelFixture fixture{server.address("/v1")};
  const ModelOutcome outcome = fixture.ask();
  CHECK(failure_of(outcome).kind == FailureKind::server_error);
  CHECK(failure_of(outcome).charge == Charge::none);
  CHECK(outcome.attempts == 7);
  CHECK(server.hits() == 7);
  CHECK(fixture.steady_clock.passed() <= milliseconds{500 + 1000 + 2000 + 4000 + 8000 + 8000});
}

TEST_CASE("a wait that the endpoint asks for is kept to the millisecond") {
  const std::vector<std::pair<std::string, std::string>> asked[] = {
      {{"retry-after-ms", "7000"}},
      {{"Retry-After", "7"}},
      {{"Retry-After", "Tue, 24 Nov 2026 12:00:07 GMT"}}};
  for (const auto& headers : asked) {
    ModelServer server{{status(429, headers), status(200, {}, good_response)}};
    ModelFixture fixture{server.address("/v1")};
    CHECK(is_answer(fixture.ask()));
    CHECK(server.hits() == 2);
    CHECK(fixture.steady_clock.passed() == milliseconds{7000});
  }
}

TEST_CASE("an endpoint that asks for an hour is not waited for") {
  ModelServer server{{status(429, {{"Retry-After", "3600"}})}};
  ModelFixture fixture{server.address("/v1")};
  CHECK(failure_of(fixture.ask()).retryable);
  CHECK(server.hits() == 1);
  CHECK(fixture.steady_clock.passed() == milliseconds{0});
}

TEST_CASE("x-should-retry is obeyed both ways") {
  ModelServer no{{status(500, {{"x-should-retry", "false"}}), status(200, {}, good_response)}};
  CHECK(failure_of(ModelFixture{no.address("/v1")}.ask()).http_status == 500);
  CHECK(no.hits() == 1);
  ModelServer yes{{status(400, {{"x-should-retry", "true"}}), status(200, {}, good_response)}};
  CHECK(is_answer(ModelFixture{yes.address("/v1")}.ask()));
  CHECK(yes.hits() == 2);
}

TEST_CASE("used-up quota is not asked again though its status is that of a rate limit") {
  for (const char* body :
       {R"({"error":{"message":"out","type":"insufficient_quota","code":"insufficient_quota"}})",
        R"({"error":{"message":"out","code":"billing_hard_limit_reached"}})"}) {
    ModelServer server{{status(429, {{"retry-after", "1"}, {"x-should-retry", "true"}}, body)}};
    ModelFixture fixture{server.address("/v1")};
    CHECK(failure_of(fixture.ask()).kind == FailureKind::no_credit);
    CHECK(server.hits() == 1);
  }
}

TEST_CASE("a server that nobody runs is tried again and nothing is charged") {
  std::string address;
  {
    const ModelServer gone{{status(200)}};
    address = gone.address("/v1");
  }
  ModelFixture fixture{address};
  const ModelOutcome outcome = fixture.ask();
  CHECK(failure_of(outcome).kind == FailureKind::unreachable);
  CHECK(failure_of(outcome).charge == Charge::none);
  CHECK(outcome.attempts == 7);
  CHECK_THAT(failure_of(outcome).error.text(), ContainsSubstring("base_url"));
}

TEST_CASE("a host that does not exist is unreachable and nothing is charged") {
  FixtureOptions fixture_options;
  fixture_options.options.retries.max_retries = 1;
  ModelFixture fixture{"http://no-such-host.invalid/v1", fixture_options};
  const ModelOutcome outcome = fixture.ask();
  CHECK(failure_of(outcome).kind == FailureKind::unreachable);
  CHECK(failure_of(outcome).charge == Charge::none);
  CHECK(outcome.attempts == 2);
}

TEST_CASE("an answer that never comes is charged at its upper bound and not asked for again") {
  for (const auto delivery : {EndpointResponse::Delivery::hanging, EndpointResponse::Delivery::dripping}) {
    ModelServer server{{play_response(delivery), status(200, {}, good_response)}};
    FixtureOptions fixture_options;
    fixture_options.limits.total = milliseconds{400};
    ModelFixture fixture{server.address("/v1"), fixture_options};
    const ModelOutcome outcome = fixture.ask();
    CHECK(failure_of(outcome).kind == FailureKind::timed_out);
    CHECK(failure_of(outcome).charge == Charge::at_upper_bound);
    CHECK(outcome.attempts == 1);
    CHECK(server.hits() == 1);
  }
}

TEST_CASE("an answer that is cut is charged at its upper bound and not asked for again") {
  ModelServer server{{play_response(EndpointResponse::Delivery::truncated), status(200, {}, good_response)}};
  ModelFixture fixture{server.address("/v1")};
  const ModelOutcome outcome = fixture.ask();
  CHECK(failure_of(outcome).kind == FailureKind::connection_lost);
  CHECK(failure_of(outcome).charge == Charge::at_upper_bound);
  CHECK(server.hits() == 1);
}

TEST_CASE("a connection that is closed without a word may have been charged") {
  const RawServer server{""};
  ModelFixture fixture{server.address("")};
  const ModelOutcome outcome = fixture.ask();
  CHECK(failure_of(outcome).kind == FailureKind::connection_lost);
  CHECK(failure_of(outcome).charge == Charge::at_upper_bound);
  CHECK(outcome.attempts == 1);
}

TEST_CASE("a server that speaks no HTTP is no endpoint") {
  const RawServer server{"220 mail.example ESMTP\r\n"};
  ModelFixture fixture{server.address("")};
  CHECK(failure_of(fixture.ask()).kind == FailureKind::connection_lost);
}

TEST_CASE("a hundred megabytes are not taken") {
  ModelServer server{{play_response(EndpointResponse::Delivery::huge), status(200, {}, good_response)}};
  ModelFixture fixture{server.address("/v1")};
  const ModelOutcome outcome = fixture.ask();
  CHECK(failure_of(outcome).kind == FailureKind::answer_too_large);
  CHECK(failure_of(outcome).charge == Charge::at_upper_bound);
  CHECK(server.hits() == 1);
}

TEST_CASE("what is no answer in the format is a failure and not asked for again") {
  const std::vector<EndpointResponse> played{
      {200, "<html><body>Sign in to the hotel</body></html>", {}, "text/html", EndpointResponse::Delivery::whole},
      status(200, {}, ""),
      status(200, {}, good_response.substr(0, good_response.size() / 2)),
      status(200, {}, "{\"choices\": [{\"message\": "),
      status(200, {}, R"({"hello":["world"]})"),
      status(200, {}, R"({"choices":"none"})"),
      status(204, {}, "")};
  for (const EndpointResponse& answer : played) {
    INFO(answer.status << " " << answer.body);
    ModelServer server{{answer, status(200, {}, good_response)}};
    ModelFixture fixture{server.address("/v1")};
    const ModelOutcome outcome = fixture.ask();
    CHECK(failure_of(outcome).kind == FailureKind::unreadable_answer);
    CHECK(failure_of(outcome).charge == Charge::at_upper_bound);
    CHECK(server.hits() == 1);
  }
}

TEST_CASE("an answer under a wrong content type is read all the same") {
  ModelServer server{{{200, good_response, {}, "text/plain", EndpointResponse::Delivery::whole}}};
  CHECK(is_answer(ModelFixture{server.address("/v1")}.ask()));
}

TEST_CASE("a cut-off answer is known from its finish whatever its text") {
  ModelServer server{
      {status(200, {}, chat_answer(R"("{\"verdict\":\"nothing new\",\"changes\":[]}")", "length"))}};
  const ModelOutcome outcome = ModelFixture{server.address("/v1")}.ask();
  REQUIRE(is_answer(outcome));
  CHECK(std::get<ModelAnswer>(outcome.result).finish == FinishReason::truncated);
}

TEST_CASE("a redirect is not followed and takes no key along") {
  ModelServer elsewhere{{status(200, {}, good_response)}};
  for (const int code : {301, 302, 307, 308}) {
    ModelServer server{{status(code, {{"Location", elsewhere.address("/v1/chat/completions")}})}};
    FixtureOptions fixture_options;
    fixture_options.key = Secret{canary};
    const ModelOutcome outcome = ModelFixture{server.address("/v1"), fixture_options}.ask();
    CHECK(failure_of(outcome).kind == FailureKind::redirected);
    CHECK(server.hits() == 1);
  }
  CHECK(elsewhere.hits() == 0);
}

TEST_CASE("the key goes into its header and is repeated nowhere") {
  const std::string echo =
      fmt::format(R"({{"error":{{"message":"{}Incorrect API key {} provided","code":"{}"}}}})",
                  std::string(283, 'x') + " ", canary, canary);
  ModelServer refusing{{status(401, {{"x-request-id", canary}}, echo)}};
  ModelServer chatty{
      {status(200, {{"x-request-id", canary}},
              R"({"model":")" + canary +
                  R"(","choices":[{"message":{"content":"key: sk\u002dcanary-0123456789abcdef"},)"
                  R"("finish_reason":")" +
                  canary + R"("}]})")}};
  ModelServer raw{{status(500, {}, canary + canary)}};
  FixtureOptions fixture_options;
  fixture_options.key = Secret{canary};
  fixture_options.options.retries.max_retries = 0;
  for (ModelServer* server : {&refusing, &chatty, &raw}) {
    const ModelOutcome outcome = ModelFixture{server->address("/v1"), fixture_options}.ask();
    CHECK(server->requests().front().headers.at("authorization") == "Bearer " + canary);
    std::string all;
    if (const auto* answer = std::get_if<ModelAnswer>(&outcome.result)) {
      all =
          answer->text + answer->model + answer->provider_finish_reason + answer->refusal + answer->provider_request_id;
      CHECK_THAT(answer->text, ContainsSubstring("key: [key]"));
    } else {
      const auto& failure = failure_of(outcome);
      all = failure.error.text() + failure.provider_request_id;
    }
    INFO(all);
    // No part of it either: an excerpt could end inside.
    CHECK(all.find("sk-canary") == std::string::npos);
    CHECK(all.find("0123456789") == std::string::npos);
  }
}

TEST_CASE("calls run at the same time up to the limit and each has one outcome") {
  ModelServer server{{status(200, {}, good_response)}};
  server.hold_until(3);
  FixtureOptions fixture_options;
  fixture_options.options.parallel = 3;
  ModelFixture fixture{server.address("/v1"), fixture_options};
  std::multiset<std::int64_t> tags;
  fixture.model().complete(
      calls(9), [&](const ModelOutcome& outcome) { tags.insert(outcome.tag); }, always);
  CHECK(tags == std::multiset<std::int64_t>{0, 1, 2, 3, 4, 5, 6, 7, 8});
  CHECK(server.hits() == 9);
  CHECK(server.max_concurrent_requests() == 3);
}

TEST_CASE("a call is asked for only when it can be sent") {
  ModelServer server{{status(200, {}, good_response)}};
  FixtureOptions fixture_options;
  fixture_options.options.parallel = 2;
  ModelFixture fixture{server.address("/v1"), fixture_options};
  int given = 0;
  int ended = 0;
  int max_open = 0;
  fixture.model().complete(
      [&]() -> std::optional<ModelCall> {
        if (given == 6) return std::nullopt;
        max_open = std::max(max_open, ++given - ended);
        return ModelCall{given, sample_request()};
      },
      [&](const ModelOutcome&) { ++ended; }, always);
  CHECK(ended == 6);
  CHECK(max_open == 2);
}

TEST_CASE("an outcome may lead to another call") {
  ModelServer server{{status(200, {}, chat_answer("\"{\"", "length")), status(200, {}, good_response)}};
  ModelFixture fixture{server.address("/v1")};
  std::vector<ModelCall> queue{{1, sample_request()}};
  std::vector<FinishReason> finishes;
  fixture.model().complete(
      [&]() -> std::optional<ModelCall> {
        if (queue.empty()) return std::nullopt;
        const ModelCall call = queue.back();
        queue.pop_back();
        return call;
      },
      [&](const ModelOutcome& outcome) {
        finishes.push_back(std::get<ModelAnswer>(outcome.result).finish);
        if (finishes.back() == FinishReason::truncated) queue.push_back({2, sample_request()});
      },
      always);
  CHECK(finishes == std::vector<FinishReason>{FinishReason::truncated, FinishReason::complete});
  CHECK(server.hits() == 2);
}

TEST_CASE("while the endpoint wants to be left alone no other call is sent either") {
  ModelServer server{{status(429, {{"Retry-After", "30"}}), status(200, {}, good_response)}};
  FixtureOptions fixture_options;
  fixture_options.options.parallel = 1;
  ModelFixture fixture{server.address("/v1"), fixture_options};
  std::vector<milliseconds> ended;
  fixture.model().complete(
      calls(2), [&](const ModelOutcome&) { ended.push_back(fixture.steady_clock.passed()); }, always);
  REQUIRE(ended.size() == 2);
  CHECK(ended.front() >= milliseconds{30'000});
  CHECK(server.hits() == 3);
}

TEST_CASE("a wish to stop ends calls under way and charges those that were sent") {
  ModelServer server{{play_response(EndpointResponse::Delivery::hanging)}};
  FixtureOptions fixture_options;
  fixture_options.options.parallel = 2;
  ModelFixture fixture{server.address("/v1"), fixture_options};
  std::vector<ModelOutcome> outcomes;
  fixture.model().complete(
      calls(50), [&](ModelOutcome outcome) { outcomes.push_back(std::move(outcome)); },
      [&] { return server.hits() < 2; });
  REQUIRE(outcomes.size() == 2);
  for (const ModelOutcome& outcome : outcomes) {
    CHECK(failure_of(outcome).kind == FailureKind::stopped);
    CHECK(failure_of(outcome).charge == Charge::at_upper_bound);
  }
  CHECK(server.hits() == 2);
}

TEST_CASE("a wish to stop ends a wait for a retry and charges nothing") {
  ModelServer server{{status(429, {{"Retry-After", "100"}})}};
  ModelFixture fixture{server.address("/v1")};
  std::vector<ModelOutcome> outcomes;
  fixture.model().complete(
      calls(1), [&](ModelOutcome outcome) { outcomes.push_back(std::move(outcome)); },
      [&] { return fixture.steady_clock.passed() < milliseconds{10'000}; });
  REQUIRE(outcomes.size() == 1);
  CHECK(failure_of(outcomes.front()).kind == FailureKind::stopped);
  CHECK(failure_of(outcomes.front()).charge == Charge::none);
  CHECK(fixture.steady_clock.passed() < milliseconds{10'500});
  CHECK(server.hits() == 1);
}

TEST_CASE("a model can be asked again after it was stopped") {
  ModelServer server{{status(200, {}, good_response)}};
  ModelFixture fixture{server.address("/v1")};
  fixture.model().complete(
      calls(1), [](const ModelOutcome&) { FAIL("nothing was asked"); }, [] { return false; });
  CHECK(is_answer(fixture.ask()));
}

TEST_CASE("a request that no endpoint would take is not sent") {
  ModelServer server{{status(200, {}, good_response)}};
  ModelFixture fixture{server.address("/v1")};
  std::vector<ModelRequest> wrong(6, sample_request());
  wrong[0].instructions.clear();
  wrong[1].input = "\xff";
  wrong[2].schema_name = "a name";
  wrong[3].answer_schema = R"({"type":"array"})";
  wrong[4].max_output_tokens = 15;
  wrong[5].input.clear();
  for (const ModelRequest& request : wrong) {
    const ModelOutcome outcome = complete_one(fixture.model(), request);
    CHECK(failure_of(outcome).kind == FailureKind::invalid_request);
    CHECK(failure_of(outcome).charge == Charge::none);
    CHECK(outcome.attempts == 0);
  }
  CHECK(server.hits() == 0);
}
