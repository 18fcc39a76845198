#pragma once

#include <string>

namespace stubkeeper::crawler {

// A status code with its reason phrase (RFC 9110 §15): "404 Not Found".
std::string status_text(int status);

// Whether a status asks to look elsewhere, with Location (RFC 9110 §15.4).
bool is_redirect(int status);

}  // namespace stubkeeper::crawler
