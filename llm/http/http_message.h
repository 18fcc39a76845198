#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "llm/keys/secret.h"

namespace stubkeeper::llm {

// Header fields in order (RFC 9110 §6.3). Names of received ones are in lower case.
using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

// The value of the first header with that name (in lower case), or "".
const std::string& header_value(const HttpHeaders& headers, std::string_view name);

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
  none,           // an HTTP answer came whole
  connect_failed,  // no connection: nothing was sent
  certificate_rejected,    // the peer's certificate does not hold: nothing was sent
  timed_out,
  connection_lost,  // closed before the answer was whole, or not HTTP
  too_large,        // the answer passed the limit and was dropped
};

struct HttpResponse {
  std::int64_t id = 0;  // of the exchange
  TransportError transport_error = TransportError::none;
  std::string transport_error_text;  // the fault in words
  bool was_sent = false;   // at least the beginning of the request left for the peer
  int status = 0;          // 0: none came
  HttpHeaders headers;
  std::string body;  // decoded from its content coding
};

}  // namespace stubkeeper::llm
