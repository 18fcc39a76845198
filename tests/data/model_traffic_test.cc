// Recorded answers of real endpoints through the readers of llm/providers. What each must come to is worked
// out here once more, from the plain members of the recording.

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "llm/answer_schema.h"
#include "llm/prices/price_table.h"
#include "llm/providers/provider.h"
#include "tests/data/real_data.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::llm;
using namespace stubkeeper::testing;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

struct Recording {
  std::string name;
  std::string provider;
  json exchange;
  const json& response() const { return exchange["response"]; }
  int status() const { return exchange["status"]; }
};

std::vector<Recording> recordings(const std::string& data) {
  const std::map<std::string, std::string> providers{
      {"chat", "openai"}, {"messages", "anthropic"}, {"responses", "openai-responses"}};
  std::vector<Recording> found;
  for (const auto& file : fs::directory_iterator{data + "/model-traffic"}) {
    if (!file.is_regular_file()) continue;
    const std::string name = file.path().filename().string();
    INFO(name << " is of a kind that has a reader");
    const auto provider = providers.find(name.substr(0, name.find('-')));
    REQUIRE(provider != providers.end());
    found.push_back({name, provider->second, json::parse(read_file(file.path().string()))});
  }
  return found;
}

HttpResponse make_reply(const Recording& recording) {
  HttpResponse reply;
  reply.was_sent = true;
  reply.status = recording.status();
  for (const auto& [name, value] : recording.exchange["headers"].items())
    reply.headers.emplace_back(name, value.get<std::string>());
  reply.body = recording.response().dump();
  return reply;
}

AnswerOrFailure parse_response(const Recording& recording, const HttpResponse& reply) {
  ModelRequest request;
  request.answer_schema = "{}";
  return (*make_endpoint(*find_provider(recording.provider), {"https://model.example/v1", "m"}))
      ->parse_response(request, reply);
}

std::string joined_parts(const json& parts, const char* type) {
  std::string text;
  for (const json& part : parts)
    if (part.value("type", "") == type) text += part["text"].get<std::string>();
  return text;
}

std::string expected_text(const Recording& recording) {
  const json& response = recording.response();
  if (recording.provider == "anthropic") return joined_parts(response["content"], "text");
  if (recording.provider == "openai") {
    const json& message = response["choices"][0]["message"];
    if (!message.contains("content") || message["content"].is_null()) return "";
    return message["content"].is_string() ? message["content"].get<std::string>()
                                          : joined_parts(message["content"], "text");
  }
  std::string text;
  for (const json& item : response["output"])
    if (item.value("type", "") == "message" && item.value("phase", "") != "commentary")
      text += joined_parts(item["content"], "output_text");
  return text;
}

FinishReason expected_finish(const Recording& recording) {
  const json& response = recording.response();
  if (recording.provider == "openai-responses") {
    const bool calls =
        std::any_of(response["output"].begin(), response["output"].end(),
                    [](const json& item) { return item.value("type", "") == "function_call"; });
    return calls ? FinishReason::other : FinishReason::complete;
  }
  const std::string word =
      recording.provider == "anthropic" ? response["stop_reason"] : response["choices"][0]["finish_reason"];
  static const std::map<std::string, FinishReason> finishes{
      {"stop", FinishReason::complete},    {"end_turn", FinishReason::complete},
      {"length", FinishReason::truncated}, {"max_tokens", FinishReason::truncated},
      {"refusal", FinishReason::refused},  {"tool_calls", FinishReason::other},
      {"tool_use", FinishReason::other}};
  INFO(word);
  REQUIRE(finishes.count(word) == 1);
  return finishes.at(word);
}

std::int64_t count(const json& usage, const char* pointer) {
  const json::json_pointer at{pointer};
  return usage.contains(at) && usage[at].is_number() ? usage[at].get<std::int64_t>() : 0;
}

void check_usage(const Recording& recording, const TokenUsage& usage) {
  const json& said = recording.response()["usage"];
  if (recording.provider == "anthropic") {
    CHECK(usage.input == count(said, "/input_tokens"));
    CHECK(usage.cached_input == count(said, "/cache_read_input_tokens"));
    CHECK(usage.cache_write == count(said, "/cache_creation_input_tokens"));
    CHECK(usage.output == count(said, "/output_tokens"));
    return;
  }
  const bool chat = recording.provider == "openai";
  const std::int64_t prompt = count(said, chat ? "/prompt_tokens" : "/input_tokens");
  CHECK(usage.input + usage.cached_input + usage.cache_write == prompt);
  CHECK(usage.cached_input ==
        count(said, chat ? "/prompt_tokens_details/cached_tokens" : "/input_tokens_details/cached_tokens"));
  // All that is paid for is in the total, also where the completion leaves the reasoning out.
  CHECK(prompt + usage.output == count(said, "/total_tokens"));
  CHECK(usage.reasoning >= count(said, chat ? "/completion_tokens_details/reasoning_tokens"
                                            : "/output_tokens_details/reasoning_tokens"));
}

// Counting tokens and starting a background job are other endpoints' answers.
bool has_no_answer(const Recording& recording) {
  const json& response = recording.response();
  return (!response.contains("choices") && !response.contains("content") && !response.contains("output")) ||
         response.value("status", "") == "queued";
}

}  // namespace

TEST_CASE("recorded answers of real endpoints come to their text and finish and usage") {
  const std::string data = real_data();
  if (data.empty()) return;
  std::map<std::string, int> answers;
  for (const Recording& recording : recordings(data)) {
    INFO(recording.name);
    const AnswerOrFailure result = parse_response(recording, make_reply(recording));
    if (recording.status() != 200) {
      REQUIRE(std::holds_alternative<ModelFailure>(result));
      const auto& failure = std::get<ModelFailure>(result);
      CHECK(failure.kind == FailureKind::invalid_request);
      CHECK(failure.charge == Charge::none);
      CHECK_FALSE(failure.retryable);
      const std::string words = recording.response()["error"]["message"];
      CHECK_THAT(failure.error.message, ContainsSubstring(words.substr(0, 60)));
    } else if (has_no_answer(recording)) {
      REQUIRE(std::holds_alternative<ModelFailure>(result));
      CHECK(std::get<ModelFailure>(result).kind == FailureKind::unreadable_answer);
      CHECK(std::get<ModelFailure>(result).charge == Charge::at_upper_bound);
    } else {
      REQUIRE(std::holds_alternative<ModelAnswer>(result));
      const auto& answer = std::get<ModelAnswer>(result);
      CHECK(answer.text == expected_text(recording));
      CHECK(answer.finish == expected_finish(recording));
      CHECK(answer.model == recording.response().value("model", ""));
      REQUIRE(answer.usage.has_value());
      check_usage(recording, *answer.usage);
      ++answers[recording.provider];
    }
  }
  for (const char* provider : {"openai", "anthropic", "openai-responses"}) CHECK(answers[provider] >= 50);
}

TEST_CASE("recorded answers that end anywhere or lose any member crash no reader") {
  const std::string data = real_data();
  if (data.empty()) return;
  int read_count = 0;
  for (const Recording& recording : recordings(data)) {
    INFO(recording.name);
    HttpResponse reply = make_reply(recording);
    const std::string whole = reply.body;
    for (std::size_t end = 0; end < whole.size(); end += 1 + whole.size() / 40) {
      reply.body = whole.substr(0, end);
      const AnswerOrFailure result = parse_response(recording, reply);
      CHECK(std::holds_alternative<ModelFailure>(result));
      ++read_count;
    }
    // Each member in turn gone or of another type.
    const std::vector<json> others{json(), json(-1.5), json("x"), json::array(), json::object()};
    const json flat = recording.response().flatten();
    for (const auto& [pointer, value] : flat.items()) {
      json changed = recording.response();
      changed[json::json_pointer{pointer}] = others[static_cast<std::size_t>(read_count) % others.size()];
      reply.body = changed.dump();
      static_cast<void>(parse_response(recording, reply));
      ++read_count;
    }
  }
  CHECK(read_count > 10'000);
}

TEST_CASE("no real endpoint counted more of a text than its bound") {
  const std::string data = real_data();
  if (data.empty()) return;
  int compared = 0;
  for (const Recording& recording : recordings(data)) {
    const AnswerOrFailure result = parse_response(recording, make_reply(recording));
    const auto* answer = std::get_if<ModelAnswer>(&result);
    if (answer == nullptr || !answer->usage) continue;
    const std::string text = recording.exchange["request"].dump();
    // Left out: prompts that hold more than their text (pictures, files, an earlier conversation, the results
    // of tools that the endpoint itself runs). No request of ours has any of it.
    const auto has = [&](const char* word) { return text.find(word) != std::string::npos; };
    if (has("image") || has("\"file") || has("mcp") || has("container") || has("previous_response_id") ||
        has("video") || has("plugins") || has("document") || has("web_search") || has("code_execution") ||
        has("compound-beta") || has("\"mode\":\"pro\""))
      continue;
    if (recording.response().contains("output") &&
        recording.response()["output"].dump().find("compaction") != std::string::npos)
      continue;
    ModelRequest request;
    request.input = text;
    INFO(recording.name << " " << text.substr(0, 300));
    CHECK(answer->usage->input + answer->usage->cached_input + answer->usage->cache_write <=
          max_input_tokens(request));
    ++compared;
  }
  CHECK(compared >= 100);
}
