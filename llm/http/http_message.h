#pragma once

#include <cstdint>
#include <string>

#include "base/http/header_fields.h"

namespace stubkeeper::llm {

// The header that a key goes into: "Authorization: Bearer KEY", "x-api-key: KEY".
struct KeyHeader {
  std::string name;
  std::string value_prefix;
};

// A POST, or a GET without a body; without the key.
struct HttpRequest {
  std::string url;
  HttpHeaders headers;
  KeyHeader key_header;
  std::string body;
  bool is_get = false;
};

// How an exchange ended, below HTTP.
enum class TransportError {
  none,                  // an HTTP response came whole
  connect_failed,        // no connection: nothing was sent
  certificate_rejected,  // the peer's certificate is not valid: nothing was sent
  timed_out,
  connection_lost,  // closed before the response was whole, or not HTTP
  too_large,        // the response passed the limit and was dropped
};

struct HttpResponse {
  std::int64_t id = 0;  // of the exchange
  TransportError transport_error = TransportError::none;
  std::string transport_error_text;
  bool was_sent = false;  // at least the beginning of the request left for the peer
  int status = 0;         // 0: none came
  HttpHeaders headers;
  std::string body;  // decoded from its content coding
};

}  // namespace stubkeeper::llm
