#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace stubkeeper::cli {

// Names and values of a query or a form, decoded. The last value of a name counts.
using Fields = std::map<std::string, std::string>;

// Parses application/x-www-form-urlencoded (URL standard §5.1): '+' is a space, %XX a byte. At most
// 200 fields; line ends of values become LF.
Fields parse_form_urlencoded(std::string_view text);

struct Request {
  std::string method;  // "GET", "HEAD" or "POST"
  std::string path;    // decoded, without query: "/review"
  Fields query;
  Fields form;
  std::map<std::string, std::string> headers;  // names in lower case

  std::string header(const std::string& name) const;
  std::string field(const std::string& name) const;  // of the form of a POST, else of the query
};

struct Response {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  std::string location;    // for 303
  std::string set_cookie;  // the whole header's value, or ""
};

// 303 to an address of this server (RFC 9110 §15.4.4): a reload does not send the form again.
Response see_other(std::string address);

}  // namespace stubkeeper::cli
