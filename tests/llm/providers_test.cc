// What each kind of endpoint is sent, and what is read from its answers. The answers here are written by
// hand, after the published formats and the deviations seen in real ones; tests/data reads real ones.

#include <nlohmann/json.hpp>
#include <set>

#include "llm/providers/provider.h"
#include "tests/llm/model_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::llm;
using namespace stubkeeper::testing;

namespace {

ModelAnswer answer_of(const AnswerOrFailure& result) {
  const auto* failure = std::get_if<ModelFailure>(&result);
  INFO((failure != nullptr ? failure->error.text() : ""));
  REQUIRE(std::holds_alternative<ModelAnswer>(result));
  return std::get<ModelAnswer>(result);
}

ModelFailure failure_of(const AnswerOrFailure& result) {
  REQUIRE(std::holds_alternative<ModelFailure>(result));
  return std::get<ModelFailure>(result);
}

AnswerOrFailure parse_response(const std::string& provider, const std::string& body, int status = 200) {
  return endpoint(provider)->parse_response(sample_request(), reply(body, status));
}

std::vector<std::string> provider_names() {
  std::vector<std::string> names;
  for (const Provider& provider : providers()) names.emplace_back(provider.name);
  return names;
}

}  // namespace

TEST_CASE("every provider's own endpoint can be made and has the format of its row") {
  std::set<std::string_view> names;
  for (const Provider& provider : providers()) {
    INFO(provider.name);
    CHECK(names.insert(provider.name).second);
    CHECK(find_provider(provider.name)->base_url == provider.base_url);
    const auto made = make_endpoint(provider, {std::string{provider.base_url}, "m"});
    REQUIRE(made.ok());
    CHECK((*made)->identity() ==
          ModelIdentity{std::string{provider.protocol}, std::string{provider.base_url}, "m"});
  }
  CHECK(find_provider("extractive") == nullptr);
}

TEST_CASE("a chat completion is asked for with a strict schema and without a stream") {
  const HttpRequest http =
      endpoint("openai", "http://127.0.0.1:11434/v1/")->make_http_request(sample_request());
  CHECK(http.url == "http://127.0.0.1:11434/v1/chat/completions");
  CHECK(http.key_header.name == "Authorization");
  CHECK(http.key_header.value_prefix == "Bearer ");
  const Json body = Json::parse(http.body);
  CHECK(body["model"] == "some-model");
  CHECK(body["messages"][0] == Json{{"role", "system"}, {"content", sample_request().instructions}});
  CHECK(body["messages"][1] == Json{{"role", "user"}, {"content", sample_request().input}});
  CHECK(body["response_format"]["type"] == "json_schema");
  CHECK(body["response_format"]["json_schema"]["strict"] == true);
  CHECK(body["max_tokens"] == 2000);
  CHECK(body["stream"] == false);
  CHECK(body["temperature"] == 0.2);
}

TEST_CASE("a schema goes out with its keys in their order since models write in that order") {
  for (const std::string& provider : provider_names()) {
    const std::string body = endpoint(provider)->make_http_request(sample_request()).body;
    INFO(provider);
    CHECK(body.find(sample_schema) != std::string::npos);
  }
}

TEST_CASE("no temperature is sent where none is set") {
  ModelRequest request = sample_request();
  request.temperature.reset();
  for (const std::string& provider : provider_names())
    CHECK(endpoint(provider)->make_http_request(request).body.find("temperature") == std::string::npos);
}

TEST_CASE("the room for an answer has the name that the host knows") {
  const auto body_at = [](const std::string& base) {
    return Json::parse(endpoint("openai", base)->make_http_request(sample_request()).body);
  };
  const Json openai = body_at("https://api.openai.com/v1");
  CHECK(openai["max_completion_tokens"] == 2000);
  CHECK_FALSE(openai.contains("max_tokens"));
  const Json vllm = body_at("http://10.0.0.7:8000/v1");
  CHECK(vllm["max_tokens"] == 2000);
  CHECK_FALSE(vllm.contains("max_completion_tokens"));
  CHECK(body_at("https://openrouter.ai/api/v1")["provider"]["require_parameters"] == true);
  CHECK_FALSE(vllm.contains("provider"));
}

TEST_CASE("a response is asked for without being stored and without a cut prompt") {
  const HttpRequest http =
      endpoint("openai-responses", "https://api.openai.com/v1")->make_http_request(sample_request());
  CHECK(http.url == "https://api.openai.com/v1/responses");
  const Json body = Json::parse(http.body);
  CHECK(body["instructions"] == sample_request().instructions);
  CHECK(body["input"] == sample_request().input);
  CHECK(body["text"]["format"]["type"] == "json_schema");
  CHECK(body["store"] == false);
  CHECK(body["truncation"] == "disabled");
  CHECK(body["max_output_tokens"] == 2000);
}

TEST_CASE("a message is asked for with its schema and with a cache mark behind the instructions") {
  const HttpRequest http =
      endpoint("anthropic", "https://api.anthropic.com")->make_http_request(sample_request());
  CHECK(http.url == "https://api.anthropic.com/v1/messages");
  CHECK(endpoint("anthropic", "https://api.anthropic.com/v1")->make_http_request(sample_request()).url ==
        http.url);
  CHECK(http.key_header.name == "x-api-key");
  CHECK(http.key_header.value_prefix.empty());
  CHECK(std::find(http.headers.begin(), http.headers.end(),
                  std::pair<std::string, std::string>{"anthropic-version", "2023-06-01"}) !=
        http.headers.end());
  const Json body = Json::parse(http.body);
  CHECK(body["system"][0]["cache_control"]["type"] == "ephemeral");
  CHECK(body["system"][0]["text"] == sample_request().instructions);
  CHECK(body["output_config"]["format"]["type"] == "json_schema");
  CHECK(body["max_tokens"] == 2000);
}

TEST_CASE("Ollama is told how large a context the request needs") {
  const HttpRequest http =
      endpoint("ollama", "http://127.0.0.1:11434", "qwen3", 24'000)->make_http_request(sample_request());
  CHECK(http.url == "http://127.0.0.1:11434/api/chat");
  const Json body = Json::parse(http.body);
  CHECK(body["options"]["num_ctx"] == 24'000);
  CHECK(body["options"]["num_predict"] == 2000);
  CHECK(body["format"]["type"] == "object");
}

TEST_CASE("a chat completion is read with its usage in disjoint parts") {
  const ModelAnswer answer = answer_of(parse_response("openai", chat_answer(R"("{\"a\":1}")")));
  CHECK(answer.text == R"({"a":1})");
  CHECK(answer.finish == FinishReason::complete);
  CHECK(answer.usage == TokenUsage{20, 100, 0, 30, 5});
  CHECK(answer.model == "some-model-2026");
  CHECK(answer.provider_request_id == "chatcmpl-1");
}

TEST_CASE("content in parts is read without its reasoning") {
  const std::string parts =
      R"([{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"A"},)"
      R"({"type":"text","text":"B"}])";
  CHECK(answer_of(parse_response("openai", chat_answer(parts))).text == "AB");
}

TEST_CASE("an answer that ran out of room is cut off whatever the word for it") {
  for (const char* word : {"length", "max_tokens", "MAX_TOKENS", "model_length"})
    CHECK(answer_of(parse_response("openai", chat_answer(R"("{")", word))).finish == FinishReason::truncated);
  // All of it went into reasoning: there is no text at all.
  CHECK(answer_of(parse_response("openai", chat_answer("null", "length"))).finish == FinishReason::truncated);
  CHECK(answer_of(parse_response("anthropic",
                                 R"({"content":[{"type":"text","text":"{"}],"stop_reason":"max_tokens"})"))
            .finish == FinishReason::truncated);
  CHECK(answer_of(
            parse_response("openai-responses",
                           R"({"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},)"
                           R"("output":[{"type":"message","content":[{"type":"output_text","text":"{"}]}]})"))
            .finish == FinishReason::truncated);
  CHECK(answer_of(parse_response("ollama", R"({"message":{"content":"{"},"done":true,"done_reason":"length",)"
                                           R"("prompt_eval_count":60,"eval_count":2000})"))
            .finish == FinishReason::truncated);
}

TEST_CASE("refusals are seen where each endpoint puts them") {
  const ModelAnswer chat = answer_of(parse_response(
      "openai", R"({"choices":[{"message":{"content":null,"refusal":"I cannot"},"finish_reason":"stop"}]})"));
  CHECK(chat.finish == FinishReason::refused);
  CHECK(chat.refusal == "I cannot");
  CHECK(answer_of(parse_response("openai", chat_answer(R"("")", "content_filter"))).finish ==
        FinishReason::refused);
  const ModelAnswer response = answer_of(parse_response(
      "openai-responses",
      R"({"status":"completed","output":[{"type":"message","content":[{"type":"refusal","refusal":"No"}]}]})"));
  CHECK(response.finish == FinishReason::refused);
  CHECK(response.refusal == "No");
  CHECK(answer_of(parse_response("anthropic", R"({"content":[],"stop_reason":"refusal"})")).finish ==
        FinishReason::refused);
}

TEST_CASE("tool calls are no complete answers since no request of ours has tools") {
  CHECK(answer_of(
            parse_response("openai", R"({"choices":[{"message":{"content":"","tool_calls":[{"id":"x"}]}}]})"))
            .finish == FinishReason::other);
  CHECK(
      answer_of(parse_response("anthropic", R"({"content":[{"type":"tool_use"}],"stop_reason":"tool_use"})"))
          .finish == FinishReason::other);
  CHECK(answer_of(parse_response("openai-responses",
                                 R"({"status":"completed","output":[{"type":"function_call"}]})"))
            .finish == FinishReason::other);
}

TEST_CASE("Anthropic counts cached tokens beside the input and OpenAI within it") {
  CHECK(answer_of(parse_response(
                      "anthropic",
                      R"({"content":[{"type":"text","text":"x"}],"stop_reason":"end_turn","usage":)"
                      R"({"input_tokens":3,"cache_read_input_tokens":1111,"cache_creation_input_tokens":418,)"
                      R"("output_tokens":33}})"))
            .usage == TokenUsage{3, 1111, 418, 33, 0});
  CHECK(answer_of(parse_response(
                      "openai-responses",
                      R"({"status":"completed","output":[{"type":"message","content":"x"}],"usage":)"
                      R"({"input_tokens":1532,"output_tokens":33,"total_tokens":1565,"input_tokens_details":)"
                      R"({"cached_tokens":1111,"cache_write_tokens":418}}})"))
            .usage == TokenUsage{3, 1111, 418, 33, 0});
}

TEST_CASE("reasoning that only the total shows is counted as output") {
  const ModelAnswer answer = answer_of(
      parse_response("openai", R"({"choices":[{"message":{"content":"x"}}],"usage":)"
                               R"({"prompt_tokens":35,"completion_tokens":12,"total_tokens":109}})"));
  CHECK(answer.usage == TokenUsage{35, 0, 0, 74, 62});
}

TEST_CASE("counts are read leniently and nonsense counts as nothing") {
  const auto usage = [](const std::string& json) {
    return answer_of(
               parse_response("openai", R"({"choices":[{"message":{"content":"x"}}],"usage":)" + json + "}"))
        .usage;
  };
  CHECK(usage(R"({"prompt_tokens":12.0,"completion_tokens":"3"})") == TokenUsage{12, 0, 0, 3, 0});
  CHECK(usage(R"({"prompt_tokens":5,"prompt_tokens_details":{"cached_tokens":900}})") ==
        TokenUsage{0, 5, 0, 0, 0});
  CHECK(usage(R"({"prompt_tokens":1e300})") == TokenUsage{1'000'000'000'000, 0, 0, 0, 0});
  for (const char* nonsense : {"null", "[]", "7", "{}", R"({"prompt_tokens":-4,"completion_tokens":true})",
                               R"({"prompt_tokens":"many","completion_tokens":[1]})"})
    CHECK_FALSE(usage(nonsense).has_value());
}

TEST_CASE("an answer without its text is a failure charged at its upper bound") {
  const std::vector<std::string> bodies{"",
                                        "null",
                                        "7",
                                        "[]",
                                        "{}",
                                        "{\"choices\":[]}",
                                        "{\"choices\":[{}]}",
                                        "{\"choices\":{\"0\":1}}",
                                        "{\"output\":[],\"status\":\"completed\"}",
                                        "{\"content\":[{\"type\":\"image\"}]}",
                                        "{\"message\":\"hello\"}",
                                        "<html>sign in</html>",
                                        "{\"choices\":[{\"message\":{\"content\":7}}]}"};
  for (const std::string& provider : provider_names()) {
    for (const std::string& body : bodies) {
      INFO(provider << " " << body);
      const ModelFailure failure = failure_of(parse_response(provider, body));
      CHECK(failure.kind == FailureKind::unreadable_answer);
      CHECK(failure.charge == Charge::at_upper_bound);
      CHECK_FALSE(failure.retryable);
      CHECK_FALSE(failure.error.where.empty());
    }
  }
}

TEST_CASE("a web page in place of an answer is named as what it is") {
  const ModelFailure failure = failure_of(endpoint("openai")->parse_response(
      sample_request(), reply("<html>", 200, {{"content-type", "text/html"}})));
  CHECK_THAT(failure.error.message, ContainsSubstring("text/html"));
}

TEST_CASE("a response that is still being worked at is not an empty one") {
  for (const char* status : {"queued", "in_progress"}) {
    const ModelFailure failure = failure_of(
        parse_response("openai-responses", R"({"status":")" + std::string{status} + R"(","output":[]})"));
    CHECK(failure.charge == Charge::at_upper_bound);
    CHECK_THAT(failure.error.message, ContainsSubstring(status));
  }
}

TEST_CASE("errors of every shape are read with their kind and their words") {
  struct Case {
    int status;
    std::string body;
    FailureKind kind;
    std::string words;
  };
  const std::vector<Case> cases{
      {400, R"({"error":{"message":"no such thing","type":"invalid_request_error"}})",
       FailureKind::invalid_request, "no such thing"},
      {401, R"({"error":{"message":"bad key","code":"invalid_api_key"}})", FailureKind::unauthorized,
       "bad key"},
      {404,
       R"({"type":"error","error":{"type":"not_found_error","message":"model: x"},"request_id":"req_1"})",
       FailureKind::invalid_request, "model: x"},
      {404, R"({"error":"model 'x' not found"})", FailureKind::invalid_request, "model 'x' not found"},
      {402, R"({"error":{"message":"Insufficient credits","code":402}})", FailureKind::no_credit,
       "Insufficient credits"},
      {429, R"({"error":{"message":"quota","code":"insufficient_quota"}})", FailureKind::no_credit, "quota"},
      {429, R"({"error":{"message":"You exceeded your current quota for requests a minute"}})",
       FailureKind::rate_limited, "quota"},
      {429, R"([{"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED"}}])",
       FailureKind::rate_limited, "slow down"},
      {400,
       R"({"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low"}})",
       FailureKind::no_credit, "credit balance"},
      {500, "upstream\n\x1b[31mfell over", FailureKind::server_error, "upstream"},
      {502, "<html>Bad gateway</html>", FailureKind::server_error, "Bad gateway"},
      {503, "", FailureKind::rate_limited, "503"},
      {529, R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})",
       FailureKind::rate_limited, "Overloaded"},
      {422, R"({"detail":"field required"})", FailureKind::invalid_request, "field required"},
      {307, "", FailureKind::redirected, "307"}};
  for (const std::string& provider : provider_names()) {
    for (const Case& each : cases) {
      INFO(provider << " " << each.status << " " << each.body);
      const ModelFailure failure = failure_of(parse_response(provider, each.body, each.status));
      CHECK(failure.kind == each.kind);
      CHECK(failure.charge == Charge::none);
      CHECK(failure.http_status == each.status);
      CHECK_THAT(failure.error.message, ContainsSubstring(each.words));
      CHECK(failure.error.message.find('\x1b') == std::string::npos);
      CHECK(failure.error.message.find('\n') == std::string::npos);
      CHECK(failure.error.message.size() < 1500);
    }
  }
}

TEST_CASE("an error that comes under status 200 is an error that may have been charged") {
  const ModelFailure whole =
      failure_of(parse_response("openai", R"({"error":{"message":"upstream","code":502},"user_id":"u"})"));
  CHECK(whole.kind == FailureKind::server_error);
  CHECK(whole.charge == Charge::at_upper_bound);
  const ModelFailure choice =
      failure_of(parse_response("openai", R"({"choices":[{"error":{"message":"upstream","code":429}}]})"));
  CHECK(choice.kind == FailureKind::rate_limited);
  CHECK(choice.charge == Charge::at_upper_bound);
  CHECK(failure_of(parse_response(
                       "openai-responses",
                       R"({"status":"failed","error":{"code":"server_error","message":"x"},"output":[]})"))
            .kind == FailureKind::server_error);
}

TEST_CASE("a prompt that Ollama cut without a word is a failure") {
  const auto read_with = [](std::int64_t context, const std::string& counts, std::size_t words = 12) {
    ModelRequest request = sample_request();
    request.input.clear();
    for (std::size_t i = 0; i < words; ++i) request.input += "cooling ";
    return endpoint("ollama", "http://127.0.0.1:11434", "qwen3", context)
        ->parse_response(
            request, reply(R"({"message":{"content":"{}"},"done":true,"done_reason":"stop")" + counts + "}"));
  };
  // Read whole.
  CHECK(answer_of(read_with(4096, R"(,"prompt_eval_count":900,"eval_count":20)")).usage ==
        TokenUsage{900, 0, 0, 20, 0});
  // Cut to the context, or shifted while it wrote.
  CHECK(failure_of(read_with(4096, R"(,"prompt_eval_count":4096,"eval_count":20)")).kind ==
        FailureKind::input_truncated);
  CHECK(failure_of(read_with(4096, R"(,"prompt_eval_count":3900,"eval_count":196)")).kind ==
        FailureKind::input_truncated);
  // The server's own context is smaller than the one asked for: 40,000 characters are more than 2,048 tokens.
  const ModelFailure small =
      failure_of(read_with(65'536, R"(,"prompt_eval_count":2048,"eval_count":20)", 5000));
  CHECK(small.kind == FailureKind::input_truncated);
  CHECK(small.charge == Charge::as_reported);
  CHECK(small.usage == TokenUsage{2048, 0, 0, 20, 0});
  CHECK_THAT(small.error.advice, ContainsSubstring("context_tokens"));
  // Nothing is counted: fine only where it must have fit.
  CHECK_FALSE(answer_of(read_with(4096, "")).usage.has_value());
  CHECK(failure_of(read_with(4096, "", 5000)).kind == FailureKind::input_truncated);
}

TEST_CASE("a long rule in a prompt is no sign of a cut") {
  ModelRequest request = sample_request();
  request.input += std::string(20'000, '-');
  const AnswerOrFailure result = endpoint("ollama")->parse_response(
      request, reply(R"({"message":{"content":"{}"},"done":true,"prompt_eval_count":310,"eval_count":5})"));
  CHECK(std::holds_alternative<ModelAnswer>(result));
}

TEST_CASE("an endpoint's address carries no secrets and its model has a name") {
  for (const char* bad :
       {"", "model.example", "ftp://model.example", "https://", "https:///v1", "https://u:p@model.example",
        "https://model.example/v1?key=abc", "https://model.example/#x", "https://model.example/ x"}) {
    INFO(bad);
    const auto made = make_endpoint(*find_provider("openai"), {bad, "m"});
    REQUIRE_FALSE(made.ok());
    CHECK(made.error().where == "model.base_url");
    CHECK(made.error().text().find("abc") == std::string::npos);
  }
  CHECK_FALSE(make_endpoint(*find_provider("openai"), {"https://model.example", ""}).ok());
}
