#include "llm/providers/endpoint.h"

#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "base/text/nearest_name.h"
#include "llm/providers/chat_completions.h"
#include "llm/providers/error_response.h"
#include "llm/providers/lenient_json.h"
#include "llm/providers/messages.h"
#include "llm/providers/ollama_chat.h"
#include "llm/providers/responses.h"

namespace stubkeeper::llm {
namespace {

Status check_base_url(const std::string& url) {
  const Error wrong{ErrorCode::invalid_argument, "is no plain http or https address", "model.base_url",
                    "write it as https://host/path, without a user name or query"};
  const std::size_t scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
  if (scheme == 0 || scheme == url.size() || url[scheme] == '/') return wrong;
  const auto forbidden = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == 0x7f || c == '@' || c == '?' || c == '#' || c == '\\';
  };
  if (std::any_of(url.begin(), url.end(), forbidden)) return wrong;
  return {};
}

}  // namespace

Endpoint::Endpoint(EndpointSettings settings, std::string protocol) {
  while (settings.base_url.ends_with('/')) settings.base_url.pop_back();
  identity_ = {std::move(protocol), std::move(settings.base_url), std::move(settings.model)};
}

std::string Endpoint::address(std::string_view path) const {
  return identity_.base_url + std::string{path};
}

AnswerOrFailure Endpoint::parse_response(const ModelRequest& request, const HttpResponse& reply) const {
  const Json json = parse_leniently(reply.body);
  const std::string where = make_http_request(request).url;
  const bool refused = reply.status < 200 || reply.status >= 300;
  // Gateways pass an upstream failure on under 200; some answers have an empty place for one.
  const Json& error = member(json, "error");
  const bool failed = !error.is_null() && error != "" && !(error.is_object() && error.empty());
  if (refused || failed) return parse_error_response(reply, json, where);
  if (!json.is_object()) return unreadable_failure(reply, where);

  AnswerOrFailure outcome = parse_answer(request, reply.body);
  const std::string id = provider_request_id(reply.headers, json);
  if (auto* answer = std::get_if<ModelAnswer>(&outcome)) {
    answer->provider_request_id = id;
  } else {
    auto& failure = std::get<ModelFailure>(outcome);
    failure.provider_request_id = id;
    failure.http_status = reply.status;
    failure.error.where = where;
  }
  return outcome;
}

Result<std::unique_ptr<Endpoint>> make_endpoint(const std::string& protocol, EndpointSettings settings) {
  STUBKEEPER_TRY(check_base_url(settings.base_url));
  if (settings.model.empty())
    return Error{ErrorCode::invalid_argument, "no model is named", "model.name",
                 "name one that the endpoint has"};
  std::unique_ptr<Endpoint> endpoint;
  if (protocol == "chat_completions") {
    endpoint = std::make_unique<ChatCompletions>(std::move(settings));
  } else if (protocol == "responses") {
    endpoint = std::make_unique<Responses>(std::move(settings));
  } else if (protocol == "ollama_chat") {
    endpoint = std::make_unique<OllamaChat>(std::move(settings));
  } else if (protocol == "messages") {
    endpoint = std::make_unique<Messages>(std::move(settings));
  } else {
    return Error{ErrorCode::invalid_argument, "unknown protocol \"" + protocol + "\"", "",
                 "known are chat_completions, responses, ollama_chat and messages"};
  }
  return endpoint;
}

}  // namespace stubkeeper::llm
