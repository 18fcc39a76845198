#include "llm/providers/endpoint.h"

#include "llm/providers/error_response.h"
#include "llm/providers/lenient_json.h"

namespace stubkeeper::llm {
Endpoint::Endpoint(EndpointSettings settings, std::string protocol) {
  while (settings.base_url.ends_with('/')) settings.base_url.pop_back();
  identity_ = {std::move(protocol), std::move(settings.base_url), std::move(settings.model)};
}

HttpRequest Endpoint::json_request(std::string_view path, const Json& body, KeyHeader key_header) const {
  return {identity_.base_url + std::string{path},
          {{"Content-Type", "application/json"}, {"Accept", "application/json"}},
          std::move(key_header),
          to_compact_json(body)};
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

  AnswerOrFailure outcome = parse_answer(request, json);
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

}  // namespace stubkeeper::llm
