#include "tests/support/quoting_model.h"

#include <algorithm>

#include "tests/support/catch.h"

namespace stubkeeper::testing {
namespace {

using nlohmann::json;

bool is_chat(const std::string& path) {
  return path.ends_with("/chat/completions");
}
bool is_ollama(const std::string& path) {
  return path.ends_with("/api/chat");
}
bool is_responses(const std::string& path) {
  return path.ends_with("/responses");
}

std::vector<PromptPassage> passages_in(const std::string& input) {
  std::vector<PromptPassage> passages;
  const std::string open = "<passage-";
  for (std::size_t at = input.find(open); at != std::string::npos; at = input.find(open, at)) {
    const std::size_t name_end = input.find(' ', at);
    const std::string close = "\n</" + input.substr(at + 1, name_end - at - 1) + ">";
    const std::size_t id = input.find("id=\"", at) + 4;
    const std::size_t text = input.find(">\n", at) + 2;
    const std::size_t end = input.find(close, text);
    if (end == std::string::npos) break;
    passages.push_back({input.substr(id, input.find('"', id) - id), input.substr(text, end - text)});
    at = end;
  }
  return passages;
}

std::string first_sentence(const std::string& text) {
  for (std::size_t at = text.find(". "); at != std::string::npos; at = text.find(". ", at + 1))
    if (at > 40) return text.substr(0, at + 1);
  return text.substr(0, text.find('\n'));
}

// The smallest value that a schema takes.
json minimal_value(const json& schema) {
  const std::string type = schema.value("type", "string");
  if (type == "object") {
    json object = json::object();
    for (const auto& [name, member] : schema["properties"].items()) object[name] = minimal_value(member);
    return object;
  }
  if (type == "array") return json::array();
  if (type == "string") return schema.contains("enum") ? schema["enum"].front() : json("");
  if (type == "boolean") return false;
  return 0;
}

}  // namespace

DraftingRequest parse_drafting_request(const std::string& path, const json& body) {
  DraftingRequest request;
  if (is_chat(path) || is_ollama(path)) {
    request.instructions = body["messages"][0]["content"];
    request.input = body["messages"][1]["content"];
    request.schema = is_chat(path) ? body["response_format"]["json_schema"]["schema"] : body["format"];
  } else if (is_responses(path)) {
    request.instructions = body["instructions"];
    request.input = body["input"];
    request.schema = body["text"]["format"]["schema"];
  } else {
    request.instructions = body["system"][0]["text"];
    request.input = body["messages"][0]["content"];
    request.schema = body["output_config"]["format"]["schema"];
  }
  request.passages = passages_in(request.input);
  return request;
}

std::string quote_every_passage(const DraftingRequest& request) {
  json answer = minimal_value(request.schema);
  const json& change_schema = request.schema["properties"]["changes"]["items"];
  const json& quote_schema = change_schema["properties"]["quotes"]["items"];
  for (const PromptPassage& passage : request.passages) {
    const std::string sentence = first_sentence(passage.text);
    json quote = minimal_value(quote_schema);
    quote["passage"] = passage.id;
    quote["text"] = sentence;
    json change = minimal_value(change_schema);
    change["kind"] = "add_fact";
    change["quotes"].push_back(quote);
    change["text"] = sentence;
    change["reason"] = "new in this passage";
    answer["changes"].push_back(change);
  }
  answer["verdict"] = request.passages.empty() ? "nothing new" : "changes";
  return answer.dump();
}

std::string answer_body(const std::string& path, const std::string& text, std::int64_t input_tokens,
                        std::int64_t output_tokens) {
  if (is_chat(path)) {
    return json{{"id", "chatcmpl-1"},
                {"object", "chat.completion"},
                {"model", "quoting"},
                {"choices", json::array({{{"index", 0},
                                          {"message", {{"role", "assistant"}, {"content", text}}},
                                          {"finish_reason", "stop"}}})},
                {"usage",
                 {{"prompt_tokens", input_tokens},
                  {"completion_tokens", output_tokens},
                  {"total_tokens", input_tokens + output_tokens}}}}
        .dump();
  }
  if (is_ollama(path)) {
    return json{{"model", "quoting"},
                {"message", {{"role", "assistant"}, {"content", text}}},
                {"done", true},
                {"done_reason", "stop"},
                {"prompt_eval_count", input_tokens},
                {"eval_count", output_tokens}}
        .dump();
  }
  if (is_responses(path)) {
    return json{
        {"id", "resp_1"},
        {"object", "response"},
        {"status", "completed"},
        {"model", "quoting"},
        {"output", json::array({{{"type", "message"},
                                 {"role", "assistant"},
                                 {"content", json::array({{{"type", "output_text"}, {"text", text}}})}}})},
        {"usage", {{"input_tokens", input_tokens}, {"output_tokens", output_tokens}}}}
        .dump();
  }
  return json{{"id", "msg_1"},
              {"type", "message"},
              {"role", "assistant"},
              {"model", "quoting"},
              {"content", json::array({{{"type", "text"}, {"text", text}}})},
              {"stop_reason", "end_turn"},
              {"usage", {{"input_tokens", input_tokens}, {"output_tokens", output_tokens}}}}
      .dump();
}

EndpointResponse QuotingEndpoint::operator()(const EndpointRequest& request) {
  const json body = json::parse(request.body);
  const std::string text = writer_(parse_drafting_request(request.path, body));
  const auto input = static_cast<std::int64_t>(request.body.size() / 4);
  const auto output = static_cast<std::int64_t>(text.size() / 4);
  const std::lock_guard lock{mutex_};
  tokens_ += input + output;
  ++answers_;
  ++bodies_[request.body];
  EndpointResponse answer;
  answer.body = answer_body(request.path, text, input, output);
  return answer;
}

std::int64_t QuotingEndpoint::tokens() const {
  const std::lock_guard lock{mutex_};
  return tokens_;
}

int QuotingEndpoint::answers() const {
  const std::lock_guard lock{mutex_};
  return answers_;
}

std::map<std::string, int> QuotingEndpoint::bodies() const {
  const std::lock_guard lock{mutex_};
  return bodies_;
}

}  // namespace stubkeeper::testing
