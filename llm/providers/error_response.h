#pragma once

#include <string>

#include "llm/http/http_message.h"
#include "llm/model.h"
#include "llm/providers/lenient_json.h"

namespace stubkeeper::llm {

// The failure that an endpoint reports: from the status and the shapes of errors in use ({"error":
// {"message", "type", "code"}}, {"error": "text"}, {"message": "text"}, a list of one of these, or
// no JSON at
// all). A refusal by status is not charged. Under a status of 2xx the model had begun when it
// failed: that
// counts at its upper bound, and the error's own code counts as the status. `where` is the address.
ModelFailure parse_error_response(const HttpResponse& reply, const Json& body, const std::string& where);

// The failure of a 2xx response that is not in the endpoint's format, charged at its upper bound.
// `what` is missing ("it has no choices"); without it, the response is no JSON at all.
ModelFailure unreadable_failure(const HttpResponse& reply, const std::string& where);
ModelFailure unreadable_failure(const std::string& what);

// The id of a call for the provider's support: a header, else a member of the body.
std::string provider_request_id(const HttpHeaders& headers, const Json& body);

}  // namespace stubkeeper::llm
