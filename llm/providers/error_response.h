#pragma once

#include <string>

#include "llm/http/http_message.h"
#include "llm/model.h"
#include "llm/providers/lenient_json.h"

namespace stubkeeper::llm {

// The failure that an endpoint reports: from the status and the shapes of errors in use ({"error":
// {"message", "type", "code"}}, {"error": "text"}, {"message": "text"}, a list of one of these, or no JSON at
// all). An endpoint does not charge for what it refuses by its status. Under a status of 2xx the model had
// begun when it failed: that counts at its upper bound, and the error's own code stands for the status.
// `where` is the address asked.
ModelFailure parse_error_response(const HttpResponse& reply, const Json& body, const std::string& where);

// An answer of status 2xx that is not in the endpoint's format. It may have been worked for: charged at its
// upper bound. `what` says what is missing ("no choices"), or nothing where it is no JSON at all.
ModelFailure unreadable_failure(const HttpResponse& reply, const std::string& where);
ModelFailure unreadable_failure(const std::string& what);

// The id under which the provider's support finds a call: a header, else a member of the body.
std::string provider_request_id(const HttpHeaders& headers, const Json& body);

}  // namespace stubkeeper::llm
