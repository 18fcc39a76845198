#include "crawler/http/status_text.h"

#include <string_view>

namespace stubkeeper::crawler {
namespace {

constexpr std::string_view phrases =
    "|300 Multiple Choices|301 Moved Permanently|302 Found|303 See Other|"
    "307 Temporary Redirect|308 Permanent Redirect|400 Bad Request|401 Unauthorized|"
    "402 Payment Required|403 Forbidden|404 Not Found|405 Method Not Allowed|"
    "406 Not Acceptable|408 Request Timeout|410 Gone|412 Precondition Failed|"
    "416 Range Not Satisfiable|418 I'm a teapot|421 Misdirected Request|"
    "429 Too Many Requests|451 Unavailable For Legal Reasons|500 Internal Server Error|"
    "501 Not Implemented|502 Bad Gateway|503 Service Unavailable|504 Gateway Timeout|";

}  // namespace

std::string status_text(int status) {
  const std::string number = std::to_string(status);
  const std::size_t found = phrases.find("|" + number + " ");
  if (found == std::string_view::npos) return number;
  return std::string{phrases.substr(found + 1, phrases.find('|', found + 1) - found - 1)};
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace stubkeeper::crawler
