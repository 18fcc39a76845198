#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/model_server.h"

namespace stubkeeper::testing {

// A passage as a request showed it.
struct PromptPassage {
  std::string id;
  std::string text;
};

// What a drafting request held, whatever the endpoint's format: chat completions, responses, messages or
// Ollama's chat, told by its path.
struct DraftingRequest {
  std::string instructions;
  std::string input;
  nlohmann::json schema;
  std::vector<PromptPassage> passages;
};
DraftingRequest parse_drafting_request(const std::string& path, const nlohmann::json& body);

// Makes an answer's text of a request.
using Writer = std::function<std::string(const DraftingRequest&)>;

// NO MODEL ANSWERED LIKE THIS: answers made by hand, by this rule. For each passage one change that adds the
// passage's first sentence as a fact, quoted whole; "nothing new" where there is no passage. Members of the
// schema that this does not know get "" or the first of their choices.
std::string quote_every_passage(const DraftingRequest& request);

// The text as a complete answer in the format of `path`, with that usage.
std::string answer_body(const std::string& path, const std::string& text, std::int64_t input_tokens,
                        std::int64_t output_tokens);

// An endpoint that answers every request by a writer, and counts the tokens that it answered: a quarter of
// the bytes of the request and of the answer.
class QuotingEndpoint {
 public:
  explicit QuotingEndpoint(Writer writer = quote_every_passage) : writer_(std::move(writer)) {}

  EndpointResponse operator()(const EndpointRequest& request);

  std::int64_t tokens() const;
  int answers() const;
  // How often each body was answered.
  std::map<std::string, int> bodies() const;

 private:
  Writer writer_;
  mutable std::mutex mutex_;
  std::int64_t tokens_ = 0;
  int answers_ = 0;
  std::map<std::string, int> bodies_;
};

}  // namespace stubkeeper::testing
